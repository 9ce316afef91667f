internal import ArgumentParser
internal import JSON

/// Tags as they are typed: `KEY=VALUE`.
enum TagText {
    /// The pairs in order; an empty value is one.
    static func pairs(_ texts: [String]) throws -> [(key: String, value: String)] {
        try texts.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw ValidationError("The tag '\(text)' is not as in Project=DriftSentry.")
            }
            return (String(parts[0]), String(parts[1]))
        }
    }

    /// As AWS has them.
    static func json(_ tags: [(key: String, value: String)]) -> JSONValue {
        .array(
            tags.map { tag in
                .object(JSONObject([("Key", .string(tag.key)), ("Value", .string(tag.value))]))
            }
        )
    }
}
