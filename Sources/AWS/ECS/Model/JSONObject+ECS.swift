internal import JSON

/// What was sent, looked at: of members that its shape has read.
extension JSONObject {
    func text(_ name: String) -> String? {
        guard case .string(let text)? = self[name] else { return nil }
        return text
    }

    func integer(_ name: String) -> Int64? {
        guard case .number(let number)? = self[name] else { return nil }
        return number.truncated ?? (number.isNegative ? .min : .max)
    }

    func flag(_ name: String) -> Bool? {
        guard case .bool(let flag)? = self[name] else { return nil }
        return flag
    }

    func object(_ name: String) -> JSONObject? {
        guard case .object(let object)? = self[name] else { return nil }
        return object
    }

    func list(_ name: String) -> [JSONValue]? {
        guard case .array(let list)? = self[name] else { return nil }
        return list
    }

    func objects(_ name: String) -> [JSONObject] {
        (list(name) ?? []).compactMap { element in
            guard case .object(let object) = element else { return nil }
            return object
        }
    }

    /// The same with further members; those that it has stay.
    func filled(with members: [(name: String, value: JSONValue)]) -> JSONObject {
        JSONObject(self.members + members.filter { self[$0.name] == nil })
    }

    /// The same with members of others in place of its own.
    func changed(by other: JSONObject) -> JSONObject {
        JSONObject(members + other.members)
    }

    func without(_ names: Set<String>) -> JSONObject {
        JSONObject(members.filter { !names.contains($0.name) })
    }

    /// The tags that a request sent.
    var tags: [Tag] {
        objects("tags").map { Tag(key: $0.text("key") ?? "", value: $0.text("value") ?? "") }
    }
}
