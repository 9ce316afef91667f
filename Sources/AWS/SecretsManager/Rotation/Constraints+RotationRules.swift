internal import Notation

extension Constraints {
    /// The bounds that the API's model sets to RotationRules, before anyone reads a schedule.
    mutating func rotationRules(
        automaticallyAfterDays: Int64?,
        duration: String?,
        scheduleExpression: String?
    ) {
        range(
            of: automaticallyAfterDays,
            RotationRules.intervalDays,
            at: "rotationRules.automaticallyAfterDays"
        )
        let durationPath = "rotationRules.duration"
        length(of: duration, 2...3, at: durationPath)
        pattern(duration, "[0-9]+h", at: durationPath) { text in
            text.utf8.last == UInt8(ascii: "h") && text.utf8.count > 1
                && text.utf8.dropLast().allSatisfy(ASCII.isDigit)
        }
        let expressionPath = "rotationRules.scheduleExpression"
        length(of: scheduleExpression, 1...256, at: expressionPath)
        pattern(scheduleExpression, #"[0-9A-Za-z\(\)#\?\*\-\/, ]+"#, at: expressionPath) { text in
            !text.isEmpty && text.utf8.allSatisfy(isOfExpression)
        }
    }
}

private func isOfExpression(_ byte: UInt8) -> Bool {
    ASCII.isAlphanumeric(byte) || "()#?*-/, ".utf8.contains(byte)
}
