/// Texts at the bounds of members, and the framework's words about them.
func long(_ count: Int) -> String { String(repeating: "x", count: count) }

func atMost(_ count: Int) -> String { "have length less than or equal to \(count)" }

func atLeast(_ count: Int) -> String { "have length greater than or equal to \(count)" }

extension Refusal {
    /// A broken constraint of a member whose value is not repeated.
    static func hidden(_ member: String, _ rule: String) -> Refusal {
        constraints("Value at '\(member)' failed to satisfy constraint: Member must \(rule)")
    }
}
