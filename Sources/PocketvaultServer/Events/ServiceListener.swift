internal import AWS
internal import HTTPServer
internal import JSON
internal import Threads

/// A task of a service: told at once, and whenever it changes, what it should run.
final class ServiceListener: Sendable {
    private struct State {
        var greeting = ServerSentEvent.opening
        /// What it was told last.
        var told: ServiceOrder?
        var beats: Int
    }

    private let feed: EventFeed
    private let vault: any Vault
    private let tasks: TaskRegister
    private let task: TaskRegister.Task
    private let place: ServicePlace
    private let state: Locked<State>

    /// - Parameters:
    ///   - feed: wakes it when something changed.
    ///   - vault: where the service is.
    ///   - tasks: of all services.
    ///   - task: whose stream it is.
    ///   - place: where the service is.
    init(
        of feed: EventFeed,
        _ vault: any Vault,
        _ tasks: TaskRegister,
        _ task: TaskRegister.Task,
        at place: ServicePlace
    ) {
        self.feed = feed
        self.vault = vault
        self.tasks = tasks
        self.task = task
        self.place = place
        state = Locked(State(beats: feed.beats))
    }

    /// The next piece of its stream.
    func next() -> BodyStream.Piece {
        state.withLock { state in
            guard state.greeting.isEmpty else {
                defer { state.greeting = [] }
                return .bytes(state.greeting)
            }
            // What was gone does not come back.
            if let told = state.told, told.isLast { return .end }
            do throws(APIError) {
                let order = try order()
                if order != state.told {
                    state.told = order
                    return .bytes(ServerSentEvent.event("deployment", order))
                }
            } catch {
                // Who runs the task comes again.
                return .end
            }
            let beats = feed.beats
            guard state.beats != beats else { return .later }
            state.beats = beats
            return .bytes(ServerSentEvent.heartbeat)
        }
    }

    private func order() throws(APIError) -> ServiceOrder {
        let now = try vault.reading { vault throws(APIError) in
            guard let service = try place.find(vault) else { return nil as ServiceOrder? }
            let deployment = try vault.ecsDeployments(of: service).first
            return ServiceOrder(service, deployment, for: task.id)
        }
        guard var order = now else { return ServiceOrder(gone: task) }
        order.run = order.isActive && tasks.isAmong(order.desiredCount, task.id)
        return order
    }
}

/// What a task is told: the service as it should be, and whether this task is to run.
struct ServiceOrder: Sendable, Equatable, JSONWritable {
    private let task: String
    private let serviceARN: String
    private let status: ECSService.Status
    let desiredCount: Int64
    private let deployment: String?
    private let taskDefinition: String?
    var run = false

    init(_ service: ECSService, _ deployment: ECSDeployment?, for task: String) {
        self.task = task
        serviceARN = service.arn
        status = service.status
        desiredCount = service.desiredCount
        self.deployment = deployment?.id
        taskDefinition = service.taskDefinition
    }

    /// Of a service that is no longer there, after a reset perhaps.
    init(gone task: TaskRegister.Task) {
        self.task = task.id
        serviceARN = task.service
        status = .inactive
        desiredCount = 0
        deployment = nil
        taskDefinition = nil
    }

    var isActive: Bool { status == .active }

    /// Whether nothing follows it.
    var isLast: Bool { status == .inactive }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("task")
        writer.string(task)
        writer.name("service")
        writer.string(serviceARN)
        writer.name("status")
        writer.string(status.rawValue)
        writer.name("desiredCount")
        writer.integer(desiredCount)
        writer.name("run")
        writer.bool(run)
        for (name, value) in [("deployment", deployment), ("taskDefinition", taskDefinition)] {
            writer.name(name)
            if let value { writer.string(value) } else { writer.null() }
        }
        writer.endObject()
    }
}
