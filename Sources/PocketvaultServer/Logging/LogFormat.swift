/// How log lines look.
package enum LogFormat: String, Sendable, CaseIterable {
    /// For people: `2026-11-23T10:00:00.000Z info request method=POST …`.
    case text
    /// For programs: one JSON object a line.
    case json
}
