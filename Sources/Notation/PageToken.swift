/// The token of a list's next page: where the last one ended, and a fingerprint of what was asked.
///
/// It holds all there is to know, so that it survives a restart and never expires; a token that is
/// used with other filters or another order is none. Services call it NextToken or Marker.
package struct PageToken: Sendable, Equatable {
    private let fingerprint: UInt64
    /// The place of the last item that was examined.
    package let position: String

    /// The token after an item.
    ///
    /// - Parameters:
    ///   - query: all that was asked, as text.
    ///   - position: the place of the item, in the order of the list.
    package init(query: String, position: String) {
        fingerprint = PageToken.fingerprint(of: query)
        self.position = position
    }

    /// Reads a token; nil when it is none, or one of another query.
    package init?(_ text: String, query: String) {
        guard let bytes = Base64.decode(urlText: text),
            let decoded = String(validating: bytes, as: UTF8.self)
        else { return nil }
        let parts = decoded.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let fingerprint = UInt64(parts[0], radix: 16),
            fingerprint == PageToken.fingerprint(of: query)
        else { return nil }
        self.fingerprint = fingerprint
        position = String(parts[1])
    }

    /// As it is sent.
    package var text: String {
        Base64.urlText(Array("\(String(fingerprint, radix: 16)).\(position)".utf8))
    }

    /// FNV-1a of 64 bits: the same in every process, which `Hasher` is not.
    private static func fingerprint(of query: String) -> UInt64 {
        query.utf8.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
    }
}
