internal import FoundationEssentials

/// The NextToken of a list: where the last page ended, and a fingerprint of what was asked.
///
/// It holds all there is to know, so that it survives a restart and never expires; a token that is
/// used with other filters or another order is refused.
struct NextToken: Sendable, Equatable {
    let fingerprint: UInt64
    /// The place of the last item that was examined.
    let position: String

    init(query: String, position: String) {
        fingerprint = NextToken.fingerprint(of: query)
        self.position = position
    }

    /// - Throws: InvalidNextTokenException when it is no token, or one of another query.
    init(_ text: String, query: String) throws(APIError) {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: standard + padding),
            let decoded = String(bytes: data, encoding: .utf8)
        else { throw .invalidNextToken }
        let parts = decoded.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let fingerprint = UInt64(parts[0], radix: 16),
            fingerprint == NextToken.fingerprint(of: query)
        else { throw .invalidNextToken }
        self.fingerprint = fingerprint
        position = String(parts[1])
    }

    /// Base64 in the alphabet for URLs, without padding.
    var text: String {
        let plain = String(fingerprint, radix: 16) + "." + position
        var text = Data(plain.utf8).base64EncodedString()
        while text.last == "=" { text.removeLast() }
        return text.replacing("+", with: "-").replacing("/", with: "_")
    }

    /// FNV-1a of 64 bits: the same in every process, which `Hasher` is not.
    private static func fingerprint(of query: String) -> UInt64 {
        query.utf8.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
    }
}
