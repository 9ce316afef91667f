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
        let (bytes, slash) = (text.utf8.span, UInt8(ascii: "/"))
        // From the end, because nothing says that a key holds no slash. A slash before each part:
        guard let terminator = bytes.last(slash, before: bytes.count),
            let service = bytes.last(slash, before: terminator),
            let region = bytes.last(slash, before: service),
            let date = bytes.last(slash, before: region)
        else { return nil }
        accessKeyID = bytes.extracting(0..<date).text
        self.date = bytes.extracting(date + 1..<region).text
        self.region = bytes.extracting(region + 1..<service).text
        self.service = bytes.extracting(service + 1..<terminator).text
        self.terminator = bytes.extracting(terminator + 1..<bytes.count).text
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
