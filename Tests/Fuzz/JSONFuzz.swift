#if canImport(JSON)
import JSON

#endif

/// Feeds the parser what libFuzzer thinks of, and ends the process where a promise is broken.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do throws(JSONSyntaxError) {
        let value = try JSONParser.parse(bytes)
        checkWrittenForms(of: value)
        checkNumbers(in: value)
        checkPosition(of: value, in: bytes)
        checkStrictness(of: value, in: bytes)
    } catch {
        precondition((0...count).contains(error.offset), "an error is outside the document")
        precondition(error.line >= 1 && error.column >= 1, "an error is nowhere")
    }
    // A number alone and a path into whatever this is must do no harm either.
    if let number = JSONNumber(text: String(decoding: bytes, as: UTF8.self)) {
        checkNumbers(in: .number(number))
    }
    _ = JSONLocator.position(of: ["a", 0, "b"], in: bytes)
    return 0
}

/// What parses is written, and is the same value when it is parsed again.
private func checkWrittenForms(of value: JSONValue) {
    for pretty in [false, true] {
        let written = value.jsonBytes(pretty: pretty)
        let again = try? JSONParser.parse(written, duplicateMembers: .refused)
        precondition(again == value, "a written value is another one when it is read")
        precondition(again?.jsonBytes(pretty: pretty) == written, "two ways to write a value")
    }
}

/// The readings of each number agree with one another.
private func checkNumbers(in value: JSONValue) {
    switch value {
    case .number(let number):
        let truncated = number.truncated
        if let exact = number.int64 { precondition(exact == truncated, "two integers") }
        if let truncated, let double = number.double, truncated.magnitude < 1 << 53 {
            precondition(abs(double - Double(truncated)) <= 1, "integer and fraction differ")
        }
    case .array(let elements):
        for element in elements { checkNumbers(in: element) }
    case .object(let object):
        for member in object.members { checkNumbers(in: member.value) }
    default:
        break
    }
}

/// Every first-level value is found where it stands.
private func checkPosition(of value: JSONValue, in bytes: [UInt8]) {
    switch value {
    case .array(let elements):
        for index in elements.indices.prefix(4) {
            let position = JSONLocator.position(of: [.element(index)], in: bytes)
            precondition(position != nil, "an element has no position")
        }
    case .object(let object):
        for member in object.members.prefix(4) {
            let position = JSONLocator.position(of: [.member(member.name)], in: bytes)
            precondition(position != nil, "a member has no position")
            precondition(object[member.name] == member.value, "a member is not found")
        }
    default:
        break
    }
}

/// Refusing duplicate members either refuses or changes nothing.
private func checkStrictness(of value: JSONValue, in bytes: [UInt8]) {
    do throws(JSONSyntaxError) {
        let strict = try JSONParser.parse(bytes, duplicateMembers: .refused)
        precondition(strict == value, "strictness changed a value")
    } catch {
        precondition(error.reason == .duplicateMember, "strictness refused something else")
    }
}
