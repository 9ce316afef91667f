internal import Client
internal import Dispatch
internal import Glibc
internal import Invocation
internal import JSON
internal import Threads

/// Runs a command as a task of an ECS service: a deployment restarts it, scaling ends it, and it says
/// what it runs.
///
/// See docs/ecs.md for what is said by whom.
final class ServiceTask: CommandOverseer {
    /// What the server says that the task should be.
    struct Order: Sendable, Equatable {
        let task: String
        let status: String
        let run: Bool
        let deployment: String?
        /// The ARN of the task definition.
        let taskDefinition: String?

        /// Nil for what is none.
        init?(_ event: StreamEvent) {
            guard event.name == "deployment",
                case .object(let data)? = try? JSONParser.parse(Array(event.data.utf8)),
                let task = data.text("task"), let status = data.text("status")
            else { return nil }
            self.task = task
            self.status = status
            run = data["run"] == .bool(true)
            deployment = data.text("deployment")
            taskDefinition = data.text("taskDefinition")
        }

        /// Whether the service is deleted, or gone.
        var isOver: Bool { status != "ACTIVE" }
    }

    private struct State {
        var order: Order?
        /// Why there is none.
        var failure: ClientError?
        var command: SupervisedCommand?
        /// The deployment whose values the command has, or is about to have.
        var deployment: String?
        var isRunning = false
    }

    private let service: String
    private let control: ControlClient
    private let state = Locked(State())
    private let cancellation = Cancellation()
    private let isHeard = DispatchSemaphore(value: 0)
    /// What the task says goes out one after the other.
    private let reports = DispatchQueue(label: "task-reports")

    /// - Parameters:
    ///   - service: its ARN.
    ///   - control: of its server.
    init(of service: String, _ control: ControlClient) {
        self.service = service
        var control = control
        control.timeoutSeconds = 5
        self.control = control
    }

    /// The ARN of a service that is there.
    ///
    /// - Parameters:
    ///   - service: its name or ARN.
    ///   - cluster: that of its cluster.
    ///   - client: of its server.
    /// - Returns: the ARN.
    /// - Throws: what to do, when there is none.
    static func arn(
        of service: String,
        in cluster: String,
        _ client: VaultClient
    ) throws(ExecFailure) -> String {
        let members = JSONObject([
            ("cluster", .string(cluster)), ("services", .array([.string(service)])),
        ])
        let answer: JSONObject
        do throws(ClientError) {
            answer = try client.call("DescribeServices", members, of: .ecs)
        } catch {
            throw ExecFailure("--service \(service): \(error)")
        }
        guard case .array(let services)? = answer["services"],
            case .object(let found)? = services.first, found.text("status") == "ACTIVE",
            let arn = found.text("serviceArn")
        else {
            throw ExecFailure(
                "there is no service \(service) in the cluster \(cluster);"
                    + " make it: aws ecs create-service"
            )
        }
        return arn
    }

    /// The task definition that the service has now.
    func definition(
        _ container: String?,
        _ client: VaultClient
    ) throws(ExecFailure) -> TaskDefinition? {
        guard let arn = state.withLock({ $0.order?.taskDefinition }) else { return nil }
        do {
            let members = JSONObject([("taskDefinition", .string(arn))])
            let answer = try client.call("DescribeTaskDefinition", members, of: .ecs)
            return try TaskDefinition(answer, container: container)
        } catch {
            throw ExecFailure("\(arn): \(error)")
        }
    }

    /// Becomes a task of the service, and waits until it was told what to be.
    ///
    /// - Throws: why it was told nothing.
    func connect() throws(ExecFailure) {
        DispatchQueue(label: "service-task").async { [self] in listen() }
        isHeard.wait()
        let (order, failure) = state.withLock { ($0.order, $0.failure) }
        if let failure { throw ExecFailure("\(service): \(failure)") }
        guard let order, !order.isOver else {
            throw ExecFailure("\(service) is deleted; make it anew: aws ecs create-service")
        }
    }

    // MARK: The command

    var startsAtRest: Bool { state.withLock { $0.order?.run == false } }

    func begin(_ command: SupervisedCommand) {
        state.withLock { state in
            state.command = command
            state.deployment = state.order?.deployment
        }
        if startsAtRest { hasRested() }
    }

    func hasStarted() {
        state.withLock { $0.isRunning = true }
        report()
    }

    func hasRested() {
        state.withLock { $0.isRunning = false }
        report()
    }

    func stop() {
        state.withLock { $0.isRunning = false }
        report()
        reports.sync {}
        cancellation.cancel()
    }

    /// Says what the command runs, as it is when that is said; the stream tells what comes of it, and
    /// what did not arrive is said again on the next one.
    private func report() {
        reports.async { [self] in
            let (order, deployment, isRunning) = state.withLock {
                ($0.order, $0.deployment, $0.isRunning)
            }
            guard let order else { return }
            var members: [(name: String, value: JSONValue)] = [("task", .string(order.task))]
            if isRunning, let deployment {
                members.append(("status", .string("RUNNING")))
                members.append(("deployment", .string(deployment)))
            } else {
                members.append(("status", .string("STOPPED")))
            }
            let body = JSONValue.object(JSONObject(members))
            _ = try? control.send("POST", "/_pocketvault/stream", body: body)
        }
    }

    // MARK: The stream

    private func listen() {
        let name = TrailCall.escaped(service)
        var isFirst = true
        while !cancellation.isCancelled {
            do throws(ClientError) {
                try control.events(
                    "/_pocketvault/stream?service=\(name)",
                    until: cancellation
                ) { [self] event in
                    if let order = Order(event) {
                        follow(order)
                        if isFirst { isHeard.signal() }
                        isFirst = false
                    }
                    return !cancellation.isCancelled
                }
            } catch {
                if error == .cancelled { return }
                if isFirst {
                    state.withLock { $0.failure = error }
                    isHeard.signal()
                    return
                }
            }
            // A server that went away comes again, perhaps; the command goes on meanwhile.
            if state.withLock({ $0.order?.isOver }) == true { return }
            usleep(500_000)
        }
    }

    private func follow(_ order: Order) {
        let (former, command, deployment) = state.withLock { state in
            let former = state.order
            state.order = order
            let deployment = state.deployment
            if state.command != nil, order.run { state.deployment = order.deployment }
            return (former, state.command, deployment)
        }
        guard let command else { return }
        if order.isOver { return command.end() }
        guard order.run else { return command.rest() }
        if former?.run == false || deployment != order.deployment {
            command.restart()
        } else if former?.task != order.task {
            report()
        }
    }
}
