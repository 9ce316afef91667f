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
        let parts = text.parts(between: UInt8(ascii: "/"))
        // From the end, because nothing says that a key holds no slash.
        guard parts.count >= 5 else { return nil }
        let scope = parts.suffix(4)
        accessKeyID = parts.count == 5 ? parts[0] : parts.dropLast(4).joined(separator: "/")
        date = scope[scope.startIndex]
        region = scope[scope.startIndex + 1]
        service = scope[scope.startIndex + 2]
        terminator = scope[scope.startIndex + 3]
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
