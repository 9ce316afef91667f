package import JSON

/// Bodies of requests can be written as literals: `["SecretId": "a", "MaxResults": 2]`.
extension JSONValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    package init(stringLiteral text: String) { self = .string(text) }
    package init(integerLiteral number: Int64) { self = .number(JSONNumber(number)) }
    package init(booleanLiteral flag: Bool) { self = .bool(flag) }
    package init(nilLiteral: ()) { self = .null }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(JSONObject(members.map { (name: $0.0, value: $0.1) }))
    }
}

/// Answers can be read by path: `answer["Tags"][0]["Key"].string`.
extension JSONValue {
    package subscript(name: String) -> JSONValue? {
        if case .object(let object) = self { object[name] } else { nil }
    }

    package subscript(index: Int) -> JSONValue? {
        if case .array(let elements) = self, elements.indices.contains(index) {
            elements[index]
        } else {
            nil
        }
    }

    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    package var integer: Int64? {
        if case .number(let number) = self { number.int64 } else { nil }
    }

    package var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The names of an object's members, in the order in which they are written.
    package var names: [String]? {
        if case .object(let object) = self { object.members.map(\.name) } else { nil }
    }
}

extension JSONValue? {
    package subscript(name: String) -> JSONValue? { self?[name] }
    package subscript(index: Int) -> JSONValue? { self?[index] }
}
