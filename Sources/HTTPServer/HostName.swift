internal import Notation

/// The host of `host[:port]`, looked at where it lies.
struct HostName {
    enum Kind {
        case ipv4
        case ipv6
        case name
    }

    let kind: Kind
    /// As sent, without the brackets of an IPv6 address.
    let bytes: Slice<UnsafeBufferPointer<UInt8>>
    /// Nil when there is none.
    let port: Int?

    /// Nil when the authority is malformed.
    init?(authority: UnsafeBufferPointer<UInt8>) {
        let end: Int
        if authority.first == UInt8(ascii: "[") {
            guard let bracket = authority.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            bytes = authority[1..<bracket]
            guard IPAddress(String(decoding: bytes, as: UTF8.self))?.isIPv6 == true else {
                return nil
            }
            kind = .ipv6
            end = bracket + 1
        } else {
            var length = 0
            while length < authority.count, HostName.isName(authority[length]) { length += 1 }
            guard length > 0 else { return nil }
            bytes = authority[..<length]
            kind = HostName.isIPv4(bytes) ? .ipv4 : .name
            end = length
        }
        guard HostName.isPort(authority[end...]) else { return nil }
        let digits = authority[end...].dropFirst()
        port = digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    }

    /// In lower case.
    var text: String { String(decoding: bytes.map(ASCII.lowercased), as: UTF8.self) }

    /// Whether it is `localhost` or a name below it, which browsers keep on this machine; the dot that
    /// ends a whole name is taken too.
    var isLocalhost: Bool {
        let suffix = bytes.suffix(10)
        return ASCII.isSame(bytes, "localhost") || ASCII.isSame(bytes, "localhost.")
            || (bytes.count > 10 && ASCII.isSame(suffix, ".localhost"))
    }

    /// Whether it has no dot, like the names of a compose network.
    var isSingleLabel: Bool { !bytes.contains(UInt8(ascii: ".")) }

    /// Four decimal numbers, as `inet_pton` takes them, at a fraction of its price: this is asked of
    /// every request.
    private static func isIPv4(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var numbers = 0
        var digits = 0
        var number = 0
        for byte in bytes {
            if ASCII.isDigit(byte) {
                guard digits == 0 || number > 0 else { return false }
                number = number * 10 + Int(byte & 0x0F)
                digits += 1
                guard number <= 255 else { return false }
            } else {
                guard byte == UInt8(ascii: "."), digits > 0, numbers < 3 else { return false }
                numbers += 1
                digits = 0
                number = 0
            }
        }
        return numbers == 3 && digits > 0
    }

    /// Nothing, or a colon and up to five digits.
    private static func isPort(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let first = bytes.first else { return true }
        guard first == UInt8(ascii: ":"), bytes.count <= 6 else { return false }
        for byte in bytes.dropFirst() where !ASCII.isDigit(byte) { return false }
        return true
    }

    private static func isName(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
    }
}
