/// The account and region that a call works in: its own world, apart from every other.
///
/// Both come from the credential scope of the request's signature.
package struct Scope: Sendable, Hashable {
    /// Twelve digits.
    package let account: String
    /// As in `us-east-1`.
    package let region: String

    package init(account: String, region: String) {
        self.account = account
        self.region = region
    }
}
