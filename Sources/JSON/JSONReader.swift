/// A place in a document and the grammar that moves it on; the bytes are handed to each step.
struct JSONReader {
    let limits: JSONParser.Limits
    var index = 0

    init(limits: JSONParser.Limits) {
        self.limits = limits
    }

    /// Reads one value and sees that nothing follows it.
    mutating func document(in bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONValue {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw JSONSyntaxError(.byteOrderMark, at: 0, in: bytes)
        }
        skipSpace(in: bytes)
        let value = try value(in: bytes, depth: 1)
        skipSpace(in: bytes)
        guard index == bytes.count else {
            throw JSONSyntaxError(.contentAfterValue, at: index, in: bytes)
        }
        return value
    }

    /// Reads the value that begins here; `depth` is the level it is on, from 1.
    mutating func value(
        in bytes: Span<UInt8>,
        depth: Int
    ) throws(JSONSyntaxError) -> JSONValue {
        switch try next(in: bytes) {
        case UInt8(ascii: "\""):
            return .string(try string(in: bytes))
        case UInt8(ascii: "{"):
            return .object(try object(in: bytes, depth: depth))
        case UInt8(ascii: "["):
            return .array(try array(in: bytes, depth: depth))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .number(try number(in: bytes))
        case UInt8(ascii: "t"):
            try literal("true", in: bytes)
            return .bool(true)
        case UInt8(ascii: "f"):
            try literal("false", in: bytes)
            return .bool(false)
        case UInt8(ascii: "n"):
            try literal("null", in: bytes)
            return .null
        default:
            throw JSONSyntaxError(.valueExpected, at: index, in: bytes)
        }
    }

    /// The byte here; an error at the end of the document.
    func next(in bytes: Span<UInt8>) throws(JSONSyntaxError) -> UInt8 {
        guard index < bytes.count else {
            throw JSONSyntaxError(.unexpectedEnd, at: bytes.count, in: bytes)
        }
        return bytes[index]
    }

    mutating func skipSpace(in bytes: Span<UInt8>) {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
                index += 1
            default:
                return
            }
        }
    }

    private mutating func literal(
        _ word: String,
        in bytes: Span<UInt8>
    ) throws(JSONSyntaxError) {
        let start = index
        for expected in word.utf8 {
            guard index < bytes.count else {
                throw JSONSyntaxError(.unexpectedEnd, at: bytes.count, in: bytes)
            }
            guard bytes[index] == expected else {
                throw JSONSyntaxError(.valueExpected, at: start, in: bytes)
            }
            index += 1
        }
    }
}
