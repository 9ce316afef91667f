/// Why bytes are not a JSON document, and where.
///
/// It holds nothing of the document, whose values are secrets, so that it may go to a log.
package struct JSONSyntaxError: Error, Equatable {
    /// What was wrong.
    package let reason: Reason
    /// The number of bytes before the place.
    package let offset: Int
    /// The line of the place, from 1.
    package let line: Int
    /// The character in that line, from 1.
    package let column: Int

    init(_ reason: Reason, at offset: Int, in bytes: Span<UInt8>) {
        let position = JSONPosition(of: offset, in: bytes)
        self.reason = reason
        self.offset = offset
        line = position.line
        column = position.column
    }
}

extension JSONSyntaxError {
    /// Each way of not being JSON.
    package enum Reason: Sendable, Equatable {
        case unexpectedEnd
        case byteOrderMark
        case invalidUTF8
        case valueExpected
        case nameExpected
        case colonExpected
        case commaOrBraceExpected
        case commaOrBracketExpected
        case trailingComma
        case controlCharacter
        case invalidEscape
        case loneSurrogate
        case leadingZero
        case malformedNumber
        case tooDeep(maximum: Int)
        case duplicateMember
        case contentAfterValue
    }
}

extension JSONSyntaxError.Reason: CustomStringConvertible {
    /// The reason as half a sentence.
    package var description: String {
        switch self {
        case .unexpectedEnd: "the document ends too early"
        case .byteOrderMark: "a byte order mark is not allowed"
        case .invalidUTF8: "these bytes are not UTF-8"
        case .valueExpected: "a value is expected"
        case .nameExpected: "a member name in double quotes is expected"
        case .colonExpected: "a colon is expected after a member name"
        case .commaOrBraceExpected: "a comma or a closing brace is expected"
        case .commaOrBracketExpected: "a comma or a closing bracket is expected"
        case .trailingComma: "a comma is not allowed after the last one"
        case .controlCharacter: "a control character in a string must be escaped"
        case .invalidEscape: "there is no such escape sequence"
        case .loneSurrogate: "half of a surrogate pair is missing"
        case .leadingZero: "a number must not begin with a zero"
        case .malformedNumber: "a digit is expected in a number"
        case .tooDeep(let maximum): "values are nested more than \(maximum) deep"
        case .duplicateMember: "the object has a member of this name already"
        case .contentAfterValue: "nothing may follow the document's one value"
        }
    }
}

extension JSONSyntaxError: CustomStringConvertible {
    /// Place and reason, without anything of the document.
    package var description: String {
        "line \(line), column \(column): \(reason)"
    }
}
