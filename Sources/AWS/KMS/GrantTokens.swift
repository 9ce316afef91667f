internal import JSON
internal import Notation

/// The tokens of grants that a request brings along.
///
/// A grant counts from the moment at which it is made, so that nothing depends on them; what is no
/// token of a grant is refused as AWS does.
struct GrantTokens: Sendable {
    private let tokens: [String]?

    init(from members: inout Members) throws(APIError) {
        tokens = try members.strings("GrantTokens")
    }

    func constrain(_ constraints: inout Constraints) {
        constraints.count(of: tokens, 0...10, at: "grantTokens")
        constraints.elements(
            of: tokens,
            [
                "Member must have length less than or equal to 8192",
                "Member must have length greater than or equal to 1",
            ],
            at: "grantTokens"
        ) { (1...8_192).contains($0.utf16.count) }
    }

    func check() throws(APIError) {
        for token in tokens ?? [] where GrantToken(token) == nil { throw .invalidGrantToken }
    }
}

/// The token of a grant: the key's ARN and the grant's id.
struct GrantToken: Sendable {
    let keyARN: String
    let grantID: String

    init(of grant: KMSGrant) {
        keyARN = grant.key.text
        grantID = grant.id
    }

    /// Reads what `text` gave; nil for anything else.
    init?(_ text: String) {
        guard let bytes = Base64.decode(text.utf8, spareBits: .ignored),
            let line = String(validating: bytes, as: UTF8.self)
        else { return nil }
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, KMSGrant.isID(parts[1]) else { return nil }
        keyARN = String(parts[0])
        grantID = String(parts[1])
    }

    var text: String { Base64.text(Array("\(keyARN) \(grantID)".utf8)) }
}
