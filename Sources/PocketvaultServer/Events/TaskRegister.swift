internal import AWS
internal import Threads

/// The tasks that run for services of ECS: whoever holds a service's stream open is one.
///
/// They are of this moment, so nothing of them is stored: a server that starts anew knows of none,
/// and who runs one comes again.
final class TaskRegister: Sendable {
    /// One that runs something for a service, or is ready to.
    struct Task: Sendable {
        let id: String
        /// The ARN of the service.
        let service: String
        /// The deployment whose values it runs with; nil until it has said so.
        var deployment: String?
        /// It has said that it runs nothing.
        var isStopped = false
        fileprivate let number: Int
    }

    /// What a task says of itself.
    enum Report: Sendable, Equatable {
        case running(deployment: String)
        case stopped
    }

    private struct State {
        var tasks: [String: Task] = [:]
        var count = 0
    }

    private let state = Locked(State())
    private let randomness: Randomness

    /// - Parameter randomness: for the ids of tasks.
    init(_ randomness: Randomness) {
        self.randomness = randomness
    }

    /// A task is there for a service.
    func begin(for service: String) -> Task {
        let id = randomness.uuid().filter { $0 != "-" }
        return state.withLock { state in
            state.count += 1
            let task = Task(id: id, service: service, number: state.count)
            state.tasks[id] = task
            return task
        }
    }

    /// A task is gone; gives it as it was.
    func end(_ id: String) -> Task? {
        state.withLock { $0.tasks.removeValue(forKey: id) }
    }

    /// Notes what a task says; gives it as it was, or nil when there is none.
    func note(_ report: Report, of id: String) -> Task? {
        state.withLock { state in
            guard let before = state.tasks[id] else { return nil }
            switch report {
            case .running(let deployment):
                state.tasks[id]?.deployment = deployment
                state.tasks[id]?.isStopped = false
            case .stopped:
                state.tasks[id]?.deployment = nil
                state.tasks[id]?.isStopped = true
            }
            return before
        }
    }

    /// Whether a task is among the first so many of its service: more than are desired do not run.
    func isAmong(_ desiredCount: Int64, _ id: String) -> Bool {
        state.withLock { state in
            guard let task = state.tasks[id] else { return false }
            let before = state.tasks.values.count { other in
                other.service == task.service && other.number < task.number
            }
            return before < desiredCount
        }
    }

    /// What runs for a service, in the order in which it began.
    var running: RunningTasks {
        RunningTasks { [state] arn in
            state.withLock { state in
                state.tasks.values.filter { $0.service == arn && !$0.isStopped }
                    .sorted { $0.number < $1.number }
                    .map { RunningTask(id: $0.id, deployment: $0.deployment) }
            }
        }
    }
}
