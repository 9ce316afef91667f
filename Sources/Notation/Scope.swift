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

extension Scope {
    /// The partition of the region, as in `aws-cn`.
    package var partition: String { Partition.ofRegion(region) }

    /// The ARN of something of IAM, which is global within its partition: of `root`, or of
    /// `user/path/name`.
    package func iamARN(_ resource: String) -> String {
        ARN(global: "iam", partition: partition, account: account, resource).text
    }
}
