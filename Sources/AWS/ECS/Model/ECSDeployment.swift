package import Notation

/// A roll-out of a service: the newest is PRIMARY, those before it are ACTIVE until they are gone.
package struct ECSDeployment: Sendable, Equatable {
    /// As in `ecs-svc/` and 19 digits.
    package let id: String
    package var isPrimary: Bool
    package let taskDefinition: String
    /// How many tasks it should have.
    package var desiredCount: Int64
    package var isCompleted: Bool
    package let createdAt: Timestamp
    package var updatedAt: Timestamp

    package init(
        id: String,
        isPrimary: Bool = true,
        taskDefinition: String,
        desiredCount: Int64,
        isCompleted: Bool = false,
        createdAt: Timestamp,
        updatedAt: Timestamp
    ) {
        self.id = id
        self.isPrimary = isPrimary
        self.taskDefinition = taskDefinition
        self.desiredCount = desiredCount
        self.isCompleted = isCompleted
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// A new one of a service.
    init(of service: ECSService, at now: Timestamp, _ randomness: Randomness) {
        var randomness = randomness
        let number = UInt64.random(
            in: 1_000_000_000_000_000_000...9_223_372_036_854_775_807,
            using: &randomness
        )
        self.init(
            id: "ecs-svc/\(number)",
            taskDefinition: service.taskDefinition,
            desiredCount: service.desiredCount,
            createdAt: now,
            updatedAt: now
        )
    }

    var status: String { isPrimary ? "PRIMARY" : "ACTIVE" }

    /// The digits of the id, by which its revision of the service is called too.
    var number: Substring { id.split(separator: "/").last ?? "" }
}

/// Something that happened to a service, as a sentence.
package struct ECSServiceEvent: Sendable, Equatable {
    package let id: String
    package let createdAt: Timestamp
    package let message: String

    package init(id: String, createdAt: Timestamp, message: String) {
        self.id = id
        self.createdAt = createdAt
        self.message = message
    }
}
