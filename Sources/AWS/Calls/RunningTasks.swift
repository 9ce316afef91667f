/// What runs elsewhere for a service, as those say who run it.
package struct RunningTask: Sendable, Equatable {
    /// As an ECS task's: 32 hexadecimal digits.
    package let id: String
    /// The deployment whose values it runs with; nil until it has said so.
    package let deployment: String?

    package init(id: String, deployment: String?) {
        self.id = id
        self.deployment = deployment
    }
}

/// Knows what runs at this moment, by the ARN of what it runs for.
package struct RunningTasks: Sendable {
    private let find: @Sendable (_ arn: String) -> [RunningTask]

    /// - Parameter find: what runs for an ARN; asked in both lanes, so it must be quick.
    package init(find: @escaping @Sendable (_ arn: String) -> [RunningTask]) {
        self.find = find
    }

    /// Nothing runs.
    package static let none = RunningTasks { _ in [] }

    /// What runs for an ARN.
    package func of(_ arn: String) -> [RunningTask] { find(arn) }
}
