internal import Notation

/// The target of a request line, taken apart.
struct RequestTarget {
    /// Bytes of the target as sent.
    let length: Int
    /// False when it has bytes that no target may have, or is none of the three forms.
    let isValid: Bool
    let path: String
    let query: String?
    /// The host of an absolute target (`GET http://host/path`), as clients of a proxy send it.
    let authority: String?

    init(_ bytes: UnsafeRawBufferPointer) {
        length = bytes.count
        var rest = bytes[...]
        if bytes.first != UInt8(ascii: "/"), let start = RequestTarget.authorityStart(bytes) {
            rest = bytes[start...]
            let end =
                rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
                ?? rest.endIndex
            authority = String(decoding: rest[..<end], as: UTF8.self)
            rest = rest[end...]
        } else {
            authority = nil
        }
        let mark = rest.firstIndex(of: UInt8(ascii: "?"))
        let path = rest[..<(mark ?? rest.endIndex)]
        query = mark.map { String(decoding: rest[($0 + 1)...], as: UTF8.self) }
        self.path = path.isEmpty && authority != nil ? "/" : String(decoding: path, as: UTF8.self)
        let isForm =
            path.first == UInt8(ascii: "/") || authority != nil
            || (bytes.count == 1 && bytes.first == UInt8(ascii: "*"))
        isValid = isForm && bytes.allSatisfy(ASCII.isTarget)
    }

    private static func authorityStart(_ bytes: UnsafeRawBufferPointer) -> Int? {
        for scheme in ["http://", "https://"] {
            let prefix = bytes.prefix(scheme.utf8.count).map(ASCII.lowercased)
            if prefix.elementsEqual(scheme.utf8) { return prefix.count }
        }
        return nil
    }
}
