internal import AWS
internal import JSON
internal import Notation

/// One object of a seed document while it is put together; what has no value is left out.
struct SeedElement {
    private var members: [(name: String, value: JSONValue)] = []

    var object: JSONObject { JSONObject(members) }
    var json: JSONValue { .object(object) }

    /// A text, unless it is what the document would mean without it.
    mutating func text(_ name: String, _ text: String?, unless meant: String? = nil) {
        if let text, text != meant { members.append((name, .string(text))) }
    }

    mutating func number(_ name: String, _ number: Int64?) {
        if let number { members.append((name, .number(JSONNumber(number)))) }
    }

    mutating func flag(_ name: String, _ flag: Bool) {
        members.append((name, .bool(flag)))
    }

    mutating func texts(_ name: String, _ texts: [String]) {
        list(name, texts.map(JSONValue.string))
    }

    mutating func list(_ name: String, _ list: [JSONValue]) {
        if !list.isEmpty { members.append((name, .array(list))) }
    }

    mutating func object(_ name: String, _ object: JSONObject?) {
        if let object { members.append((name, .object(object))) }
    }

    /// A policy document as JSON, which every stored one is.
    mutating func document(_ name: String, _ text: String) {
        members.append((name, (try? JSONParser.parse(text)) ?? .string(text)))
    }

    mutating func tags(_ tags: [Tag]) {
        guard !tags.isEmpty else { return }
        object("tags", JSONObject(tags.map { (name: $0.key, value: .string($0.value)) }))
    }
}
