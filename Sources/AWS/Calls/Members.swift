package import JSON
package import Notation

/// The members of a request's body, read by name and type.
///
/// What is read is also recorded for the audit trail, in AWS's spelling (`secretId`), values as
/// sent, but for the members that hold secrets: those leave no trace. Members that the operation
/// does not know are ignored and not recorded either, for they could hold anything.
package struct Members {
    private let object: JSONObject
    private let areText: Bool
    /// Whether they are what an audit record kept of a request.
    private let areRecorded: Bool
    private var recorded: [(name: String, value: JSONValue)] = []

    /// - Parameters:
    ///   - object: the members.
    ///   - areText: whether numbers and truth values come as text.
    package init(_ object: JSONObject, areText: Bool = false) {
        self.object = object
        self.areText = areText
        areRecorded = false
    }

    /// What an audit record kept of a request: in its spelling, and without what it withholds.
    package init(recorded object: JSONObject, areText: Bool) {
        self.object = object
        self.areText = areText
        areRecorded = true
    }

    /// What an audit record shows of the request, as JSON; nil when there is nothing to show.
    package var requestParameters: String? {
        guard !recorded.isEmpty else { return nil }
        var writer = JSONWriter(capacity: 128)
        writer.beginObject()
        for member in recorded {
            writer.name(lowerCamel(member.name))
            member.value.write(to: &writer)
        }
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    package mutating func string(_ name: String) throws(APIError) -> String? {
        guard let value = present(name) else { return nil }
        guard case .string(let text) = value else {
            throw .wrongType(value.kind, expected: .string)
        }
        record(name, value)
        return text
    }

    /// A string that is not recorded.
    package func sensitiveString(_ name: String) throws(APIError) -> String? {
        guard let value = present(name) else { return nil }
        guard case .string(let text) = value else {
            throw .wrongType(value.kind, expected: .string)
        }
        return text
    }

    /// Base64 with padding, decoded; not recorded.
    package func sensitiveBlob(_ name: String) throws(APIError) -> [UInt8]? {
        guard let value = present(name) else { return nil }
        guard case .string(let text) = value else {
            throw .wrongType(value.kind, expected: .blob)
        }
        guard let bytes = Base64.decode(text.utf8, spareBits: .ignored) else {
            throw .invalidBase64
        }
        return bytes
    }

    /// A whole number of 32 bits; a fraction is cut off, as AWS does, and what is too large becomes
    /// the largest that fits, so that the bounds of the member refuse it.
    package mutating func integer(_ name: String) throws(APIError) -> Int64? {
        guard let number = try wholeNumber(name, as: .integer) else { return nil }
        return min(max(number, Int64(Int32.min)), Int64(Int32.max))
    }

    /// The same of 64 bits.
    package mutating func long(_ name: String) throws(APIError) -> Int64? {
        try wholeNumber(name, as: .long)
    }

    private mutating func wholeNumber(
        _ name: String,
        as type: MemberType
    ) throws(APIError) -> Int64? {
        guard let value = present(name) else { return nil }
        if areText {
            // The query protocol has no whole numbers beyond 32 bits.
            guard case .string(let text) = value, let number = Int32(text) else {
                throw .malformedInput
            }
            record(name, value)
            return Int64(number)
        }
        guard case .number(let number) = value else {
            throw .wrongType(value.kind, expected: type)
        }
        record(name, value)
        return number.truncated ?? (number.isNegative ? .min : .max)
    }

    /// Seconds since the epoch, with or without a fraction.
    package mutating func timestamp(_ name: String) throws(APIError) -> Timestamp? {
        guard let value = present(name) else { return nil }
        guard case .number(let number) = value, let seconds = Double(number.text),
            abs(seconds) < 1e12
        else { throw .wrongType(value.kind, expected: .timestamp) }
        record(name, value)
        return Timestamp(milliseconds: Int64((seconds * 1_000).rounded()))
    }

    package mutating func boolean(_ name: String) throws(APIError) -> Bool? {
        guard let value = present(name) else { return nil }
        if areText {
            guard case .string(let text) = value,
                ["true", "false", "1", "0"].contains(text)
            else { throw .malformedInput }
            record(name, value)
            return text == "true" || text == "1"
        }
        guard case .bool(let flag) = value else {
            throw .wrongType(value.kind, expected: .boolean)
        }
        record(name, value)
        return flag
    }

    /// A member that is false when it was not sent, and is recorded so: one of those that the API's
    /// model does not box.
    package mutating func primitiveBoolean(_ name: String) throws(APIError) -> Bool {
        if let flag = try boolean(name) { return flag }
        record(name, .bool(false))
        return false
    }

    package mutating func strings(_ name: String) throws(APIError) -> [String]? {
        guard let elements = try list(name) else { return nil }
        if areText { try refuseGaps(in: elements, name) }
        var strings: [String] = []
        for element in elements where element.kind != .null {
            guard case .string(let text) = element else {
                throw .wrongType(element.kind, expected: .string)
            }
            strings.append(text)
        }
        record(name, .array(strings.map(JSONValue.string)))
        return strings
    }

    /// A list of structures, each read by `read`.
    package mutating func structures<Element>(
        _ name: String,
        _ read: (inout Members) throws(APIError) -> Element
    ) throws(APIError) -> [Element]? {
        guard let elements = try list(name) else { return nil }
        var structures: [Element] = []
        var records: [JSONValue] = []
        for element in elements where element.kind != .null {
            guard case .object(let object) = element else {
                throw .wrongType(element.kind, expected: .structure)
            }
            var members = part(object)
            structures.append(try read(&members))
            records.append(.object(members.record))
        }
        record(name, .array(records))
        return structures
    }

    /// A structure, read by `read`.
    package mutating func structure<Element>(
        _ name: String,
        _ read: (inout Members) throws(APIError) -> Element
    ) throws(APIError) -> Element? {
        guard let value = present(name) else { return nil }
        guard case .object(let object) = value else {
            throw .wrongType(value.kind, expected: .structure)
        }
        var members = part(object)
        let structure = try read(&members)
        record(name, .object(members.record))
        return structure
    }

    /// A map of texts.
    package mutating func texts(_ name: String) throws(APIError) -> [String: String]? {
        guard let value = present(name) else { return nil }
        guard case .object(let object) = value else {
            throw .wrongType(value.kind, expected: .structure)
        }
        var texts: [String: String] = [:]
        for (name, value) in object.members where value.kind != .null {
            guard case .string(let text) = value else {
                throw .wrongType(value.kind, expected: .string)
            }
            texts[name] = text
        }
        record(name, value)
        return texts
    }

    /// All members that a structure has, as they were sent.
    package mutating func document(of shape: Shape) throws(APIError) -> JSONObject {
        guard case .structure(let known) = shape else { return JSONObject([]) }
        var values: [(name: String, value: JSONValue)] = []
        for member in known {
            guard let value = present(member.name) else { continue }
            let read = try member.shape.read(value)
            values.append((member.name, read.value))
            if !member.isWithheld { record(member.name, read.record) }
        }
        return JSONObject(values)
    }

    /// What the numbers of a form's list leave out is null, which no element may be.
    private func refuseGaps(in elements: [JSONValue], _ name: String) throws(APIError) {
        guard elements.contains(.null) else { return }
        var constraints = Constraints()
        constraints.require(
            elements: elements.map { if case .string(let text) = $0 { text } else { nil } },
            at: lowerCamel(name)
        )
        throw .validation(constraints.violations)
    }

    private func list(_ name: String) throws(APIError) -> [JSONValue]? {
        guard let value = present(name) else { return nil }
        // What is empty comes without a number in a form: `Tags=`.
        if areText, value == .string("") { return [] }
        guard case .array(let elements) = value else {
            throw areText ? .malformedInput : .wrongType(value.kind, expected: .list)
        }
        return elements
    }

    /// Whether members that hold secrets are withheld, so that nobody knows if they were there.
    var withholdsSecrets: Bool { areRecorded }

    /// The members of a structure among these.
    private func part(_ object: JSONObject) -> Members {
        areRecorded
            ? Members(recorded: object, areText: areText) : Members(object, areText: areText)
    }

    /// A null is the same as no member at all.
    private func present(_ name: String) -> JSONValue? {
        guard let value = object[areRecorded ? lowerCamel(name) : name], value.kind != .null else {
            return nil
        }
        return value
    }

    private mutating func record(_ name: String, _ value: JSONValue) {
        recorded.append((name: name, value: value))
    }

    private var record: JSONObject {
        JSONObject(recorded.map { (name: lowerCamel($0.name), value: $0.value) })
    }
}

/// The spelling of members in audit records and in the paths of violations: `secretId`.
func lowerCamel(_ name: String) -> String {
    var bytes = Array(name.utf8)
    if let first = bytes.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) {
        bytes[0] = first | 0x20
    }
    return String(decoding: bytes, as: UTF8.self)
}
