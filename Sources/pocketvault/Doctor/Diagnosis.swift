internal import JSON

/// What the doctor says about one thing.
struct Diagnosis {
    enum Level: String {
        case ok
        /// It works, and may not be what is meant.
        case warning
        case problem
    }

    let level: Level
    /// What it is about, as in `port`.
    let topic: String
    let message: String
    /// What to do; nil when there is nothing to be done.
    let advice: String?

    init(_ level: Level, _ topic: String, _ message: String, _ advice: String? = nil) {
        self.level = level
        self.topic = topic
        self.message = message
        self.advice = advice
    }

    var columns: [String] {
        // As wide as the widest, so that the columns stand where they stood the last time.
        let missing = Level.problem.rawValue.count - level.rawValue.count
        let word = level.rawValue + String(repeating: " ", count: missing)
        return [word, topic, message + (advice.map { "; \($0)" } ?? "")]
    }

    var json: JSONValue {
        let members: [(name: String, value: String?)] = [
            ("level", level.rawValue), ("topic", topic), ("message", message), ("advice", advice),
        ]
        return .object(
            JSONObject(
                members.compactMap { member in
                    member.value.map { (name: member.name, value: .string($0)) }
                }
            )
        )
    }
}
