/// Members by name and kind; nil for one that is missing or of another kind.
extension JSONObject {
    /// A member that is a string.
    package func text(_ name: String) -> String? {
        guard case .string(let text)? = self[name] else { return nil }
        return text
    }

    /// A member that is a whole number.
    package func integer(_ name: String) -> Int64? {
        guard case .number(let number)? = self[name] else { return nil }
        return number.int64
    }

    /// A member that is true or false.
    package func flag(_ name: String) -> Bool? {
        guard case .bool(let flag)? = self[name] else { return nil }
        return flag
    }

    /// A member that is an object.
    package func object(_ name: String) -> JSONObject? {
        guard case .object(let object)? = self[name] else { return nil }
        return object
    }

    /// The objects of a member that is an array of them; none when it is missing.
    package func objects(_ name: String) -> [JSONObject] {
        guard case .array(let elements)? = self[name] else { return [] }
        return elements.compactMap { element in
            if case .object(let object) = element { object } else { nil }
        }
    }

    /// The strings of a member that is an array of them; none when it is missing.
    package func texts(_ name: String) -> [String] {
        guard case .array(let elements)? = self[name] else { return [] }
        return elements.compactMap { element in
            if case .string(let text) = element { text } else { nil }
        }
    }
}
