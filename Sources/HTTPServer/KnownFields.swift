/// The fields that the transport itself looks at, found in one pass over the headers.
struct KnownFields {
    /// How often a field came, and its first value, as sent.
    struct Occurrence {
        var count = 0
        var text: String?

        fileprivate mutating func add(_ value: Slice<UnsafeBufferPointer<UInt8>>) {
            count += 1
            if text == nil { text = String(decoding: value, as: UTF8.self) }
        }
    }

    private(set) var host = Occurrence()
    private(set) var contentLength = Occurrence()
    private(set) var transferEncoding = Occurrence()
    private(set) var expect = Occurrence()
    private(set) var origins: [String] = []
    /// The first expectation that is not `100-continue`.
    private(set) var otherExpectation: String?

    /// Nil when a field's name is no token or its value has a control character.
    init?(_ headers: HTTPHeaders) {
        let isClean = headers.bytes.withUnsafeBufferPointer { bytes in
            for field in headers.index {
                let name = bytes[Int(field.nameStart)..<Int(field.nameEnd)]
                let value = bytes[Int(field.valueStart)..<Int(field.valueEnd)]
                guard KnownFields.isName(name), KnownFields.isValue(value) else { return false }
                add(name, value)
            }
            return true
        }
        guard isClean else { return nil }
    }

    private mutating func add(
        _ name: Slice<UnsafeBufferPointer<UInt8>>,
        _ value: Slice<UnsafeBufferPointer<UInt8>>
    ) {
        // The length alone tells most fields of a request from these five.
        switch name.count {
        case 4 where ASCII.isSame(name, "host"):
            host.add(KnownFields.trimmed(value))
        case 6 where ASCII.isSame(name, "expect"):
            let value = KnownFields.trimmed(value)
            expect.add(value)
            if !ASCII.isSame(value, "100-continue") && otherExpectation == nil {
                otherExpectation = String(decoding: value, as: UTF8.self)
            }
        case 6 where ASCII.isSame(name, "origin"):
            origins.append(String(decoding: KnownFields.trimmed(value), as: UTF8.self))
        case 14 where ASCII.isSame(name, "content-length"):
            contentLength.add(value)
        case 17 where ASCII.isSame(name, "transfer-encoding"):
            transferEncoding.add(value)
        default:
            break
        }
    }

    private static func isName(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard !bytes.isEmpty else { return false }
        for byte in bytes where !ASCII.isToken(byte) { return false }
        return true
    }

    /// Looks at every byte rather than stop at the first bad one: that is faster when all are good.
    private static func isValue(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var bad: UInt8 = 0
        for byte in bytes { bad |= ASCII.isFieldValue(byte) ? 0 : 1 }
        return bad == 0
    }

    private static func trimmed(
        _ value: Slice<UnsafeBufferPointer<UInt8>>
    ) -> Slice<UnsafeBufferPointer<UInt8>> {
        var value = value
        while let last = value.last, last == 0x20 || last == 0x09 { value.removeLast() }
        return value
    }
}
