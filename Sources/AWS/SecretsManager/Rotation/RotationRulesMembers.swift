/// RotationRules as a request carries them.
struct RotationRulesMembers: Sendable {
    private let automaticallyAfterDays: Int64?
    private let duration: String?
    private let scheduleExpression: String?

    /// Nil when the request has no such member.
    init?(_ name: String, from members: inout Members) throws(APIError) {
        let rules = try members.structure(name) { member throws(APIError) in
            (
                try member.long("AutomaticallyAfterDays"),
                try member.string("Duration"),
                try member.string("ScheduleExpression")
            )
        }
        guard let rules else { return nil }
        (automaticallyAfterDays, duration, scheduleExpression) = rules
    }

    func constrain(_ constraints: inout Constraints) {
        constraints.rotationRules(
            automaticallyAfterDays: automaticallyAfterDays,
            duration: duration,
            scheduleExpression: scheduleExpression
        )
    }

    /// The rules that the secret has afterwards; nil when these say nothing.
    ///
    /// A new schedule takes the place of the stored rules as a whole, its duration included; a
    /// duration alone goes with the stored schedule. [guess]
    func rules(over stored: RotationRules?) throws(APIError) -> RotationRules? {
        let setsSchedule = automaticallyAfterDays != nil || scheduleExpression != nil
        guard setsSchedule || duration != nil else { return nil }
        do throws(RotationRulesError) {
            return try RotationRules(
                automaticallyAfterDays: setsSchedule
                    ? automaticallyAfterDays : stored?.automaticallyAfterDays,
                duration: duration,
                scheduleExpression: setsSchedule
                    ? scheduleExpression : stored?.scheduleExpression
            )
        } catch {
            throw .invalidRotationRules(error)
        }
    }
}
