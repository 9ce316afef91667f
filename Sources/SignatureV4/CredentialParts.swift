internal import Notation

/// `key/date/region/service/aws4_request`, taken apart and not yet checked.
package struct CredentialParts: Sendable, Equatable {
    /// Whose key it is.
    package let accessKeyID: String
    /// The day, as in `20260115`.
    package let date: String
    /// Where the signature is valid.
    package let region: String
    /// For which service it is valid.
    package let service: String
    /// `aws4_request`.
    package let terminator: String

    /// Takes a credential apart; nil when it has fewer than five parts.
    package init?(_ text: String) {
        let bytes = text.utf8.span
        // From the end, because nothing says that a key holds no slash.
        guard let slashes = bytes.lastFourPlaces(of: UInt8(ascii: "/")) else { return nil }
        accessKeyID = bytes.extracting(0..<slashes[0]).text
        date = bytes.extracting(slashes[0] + 1..<slashes[1]).text
        region = bytes.extracting(slashes[1] + 1..<slashes[2]).text
        service = bytes.extracting(slashes[2] + 1..<slashes[3]).text
        terminator = bytes.extracting(slashes[3] + 1..<bytes.count).text
    }

    /// The credential of a key, for a day and a place.
    package init(accessKeyID: String, date: String, region: String, service: String) {
        self.accessKeyID = accessKeyID
        self.date = date
        self.region = region
        self.service = service
        terminator = "aws4_request"
    }

    /// As it stands in a signature.
    package var text: String { "\(accessKeyID)/\(date)/\(region)/\(service)/\(terminator)" }
}
