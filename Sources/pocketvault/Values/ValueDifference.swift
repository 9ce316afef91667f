internal import Client
internal import JSON
internal import Notation

/// What is not the same in two values: a key of theirs, or all of it.
struct ValueDifference: Equatable {
    /// Nil for the whole value.
    let key: String?
    /// As JSON has it, or the text itself; nil where there was no such key.
    let before: String?
    let after: String?

    /// The differences of two values: by key when both are JSON objects.
    static func between(_ before: VersionValue, _ after: VersionValue) -> [ValueDifference] {
        if before == after { return [] }
        guard let old = before.json, let new = after.json else {
            return [ValueDifference(key: nil, before: text(before), after: text(after))]
        }
        let added = new.members.filter { old[$0.name] == nil }.map(\.name)
        return (old.members.map(\.name) + added).compactMap { key in
            guard old[key] != new[key] else { return nil }
            return ValueDifference(
                key: key,
                before: old[key]?.jsonText(),
                after: new[key]?.jsonText()
            )
        }
    }

    /// Bytes that are no text are told by their number.
    private static func text(_ value: VersionValue) -> String {
        switch value {
        case .text(let text): text
        case .binary(let bytes): "\(bytes.count) bytes"
        }
    }

    private var sign: String {
        if before == nil { return "+" }
        return after == nil ? "-" : "~"
    }

    /// As a line; a value of several lines fills several.
    func line(reveal: Bool) -> String {
        let title = key ?? "the value"
        guard reveal else { return "\(sign) \(title)" }
        guard let before, let after else { return "\(sign) \(title): \(before ?? after ?? "")" }
        return "\(sign) \(title): \(before) → \(after)"
    }

    func json(reveal: Bool) -> JSONValue {
        let words = ["+": "added", "-": "removed", "~": "changed"]
        var members: [(name: String, value: JSONValue)] = [
            ("key", key.map(JSONValue.string) ?? .null),
            ("difference", .string(words[sign] ?? "")),
        ]
        if reveal {
            if let before { members.append(("before", .string(before))) }
            if let after { members.append(("after", .string(after))) }
        }
        return .object(JSONObject(members))
    }
}
