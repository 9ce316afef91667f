package import JSON

/// RotationRules as answers show them, with what is calculated from the schedule.
package struct RotationRulesDescription: Sendable, Hashable {
    package let automaticallyAfterDays: Int64?
    package let duration: String?
    package let scheduleExpression: String?
}

extension RotationRulesDescription: JSONWritable {
    /// Writes the structure; a member without a value is left out.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        if let automaticallyAfterDays {
            writer.name("AutomaticallyAfterDays")
            writer.integer(automaticallyAfterDays)
        }
        writer.member("Duration", duration)
        writer.member("ScheduleExpression", scheduleExpression)
        writer.endObject()
    }
}
