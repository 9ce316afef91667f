internal import Notation

/// The fields that the transport itself looks at, found in one pass over the headers.
struct KnownFields {
    typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    private(set) var hosts = 0
    /// The first `Host`.
    private(set) var host: String?
    private(set) var contentLengths = 0
    /// The first `Content-Length`; nil when it is no number.
    private(set) var contentLength: Int?
    private(set) var transferEncodings = 0
    /// Whether the last coding is `chunked`, to the byte: libmicrohttpd takes it for something else
    /// when white space follows.
    private(set) var isChunked = false
    private(set) var expectations = 0
    /// The first expectation that is not `100-continue`.
    private(set) var otherExpectation: String?
    private(set) var origins: [String] = []
    /// Whether a browser says that a page of another site made the request; another port of
    /// localhost is another site too.
    private(set) var isOfAnotherSite = false
    /// Whether a browser says that somebody goes to another page.
    private(set) var isNavigation = false
    /// Whether a browser says that the answer is for a window, not for a frame or a picture.
    private(set) var isForDocument = false

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

    private mutating func add(_ name: Bytes, _ value: Bytes) {
        // The length alone tells most fields of a request from these eight.
        switch name.count {
        case 4 where ASCII.isSame(name, "host"):
            hosts += 1
            host = host ?? KnownFields.text(value)
        case 6 where ASCII.isSame(name, "expect"):
            expectations += 1
            if !ASCII.isSame(KnownFields.trimmed(value), "100-continue") {
                otherExpectation = otherExpectation ?? KnownFields.text(value)
            }
        case 6 where ASCII.isSame(name, "origin"):
            origins.append(KnownFields.text(value))
        case 14 where ASCII.isSame(name, "content-length"):
            contentLengths += 1
            contentLength = contentLengths == 1 ? KnownFields.number(value) : contentLength
        case 14 where ASCII.isSame(name, "sec-fetch-site"):
            let site = KnownFields.trimmed(value)
            let isOurs = ASCII.isSame(site, "same-origin") || ASCII.isSame(site, "none")
            isOfAnotherSite = isOfAnotherSite || !isOurs
        case 14 where ASCII.isSame(name, "sec-fetch-mode"):
            isNavigation = ASCII.isSame(KnownFields.trimmed(value), "navigate")
        case 14 where ASCII.isSame(name, "sec-fetch-dest"):
            isForDocument = ASCII.isSame(KnownFields.trimmed(value), "document")
        case 17 where ASCII.isSame(name, "transfer-encoding"):
            transferEncodings += 1
            isChunked = ASCII.isSame(value, "chunked")
        default:
            break
        }
    }

    private static func isName(_ bytes: Bytes) -> Bool {
        for byte in bytes where !ASCII.isToken(byte) { return false }
        return !bytes.isEmpty
    }

    /// Looks at every byte rather than stop at the first bad one: so the compiler can look at many
    /// at a time.
    private static func isValue(_ bytes: Bytes) -> Bool {
        var bad: UInt8 = 0
        for byte in UnsafeBufferPointer(rebasing: bytes) {
            let isControl: UInt8 = byte < 0x20 ? 1 : 0
            let isTab: UInt8 = byte == 0x09 ? 1 : 0
            let isDelete: UInt8 = byte == 0x7F ? 1 : 0
            bad |= (isControl & ~isTab) | isDelete
        }
        return bad & 1 == 0
    }

    private static func number(_ bytes: Bytes) -> Int? {
        guard (1...18).contains(bytes.count) else { return nil }
        var number = 0
        for byte in bytes {
            guard ASCII.isDigit(byte) else { return nil }
            number = number * 10 + Int(byte & 0x0F)
        }
        return number
    }

    private static func text(_ value: Bytes) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: trimmed(value)), as: UTF8.self)
    }

    private static func trimmed(_ value: Bytes) -> Bytes {
        var value = value
        while let last = value.last, last == 0x20 || last == 0x09 { value.removeLast() }
        return value
    }
}
