internal import JSON

/// What a member may hold, as the model of an API says it; for requests that are told back as sent.
package indirect enum Shape: Sendable {
    case string, integer, number, boolean
    case list(Shape)
    /// Any names, each with a value of this shape.
    case map(Shape)
    case structure([Member])

    /// A member of a structure.
    package struct Member: Sendable {
        let name: String
        let shape: Shape
        /// Whether it may hold something that nobody else should read, so that no record shows it.
        let isWithheld: Bool
    }

    /// A value as it was sent, but for members that the shape does not know and those without a
    /// value; and what a record may show of it.
    func read(_ value: JSONValue) throws(APIError) -> (value: JSONValue, record: JSONValue) {
        switch (self, value) {
        case (.string, .string), (.integer, .number), (.number, .number), (.boolean, .bool):
            return (value, value)
        case (.string, _): throw .wrongType(value.kind, expected: .string)
        case (.integer, _), (.number, _): throw .wrongType(value.kind, expected: .integer)
        case (.boolean, _): throw .wrongType(value.kind, expected: .boolean)
        case (.list(let element), .array(let elements)):
            var read: [(value: JSONValue, record: JSONValue)] = []
            for value in elements where value.kind != .null {
                read.append(try element.read(value))
            }
            return (.array(read.map(\.value)), .array(read.map(\.record)))
        case (.list, _): throw .wrongType(value.kind, expected: .list)
        case (.map(let shape), .object(let object)):
            let members = object.members.map { member in
                Member(name: member.name, shape: shape, isWithheld: false)
            }
            return try Shape.read(members, of: object)
        case (.structure(let members), .object(let object)):
            return try Shape.read(members, of: object)
        case (.map, _), (.structure, _): throw .wrongType(value.kind, expected: .structure)
        }
    }

    private static func read(
        _ members: [Member],
        of object: JSONObject
    ) throws(APIError) -> (value: JSONValue, record: JSONValue) {
        var values: [(name: String, value: JSONValue)] = []
        var records: [(name: String, value: JSONValue)] = []
        for member in members {
            guard let value = object[member.name], value.kind != .null else { continue }
            let read = try member.shape.read(value)
            values.append((member.name, read.value))
            if !member.isWithheld { records.append((member.name, read.record)) }
        }
        return (.object(JSONObject(values)), .object(JSONObject(records)))
    }
}
