/// An Amazon Resource Name: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`.
///
/// The one place where ARNs are taken apart and put together. What the resource says is for its
/// service to tell.
///
/// [Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
package struct ARN: Sendable, Hashable {
    package let partition: String
    /// As in `secretsmanager`.
    package let service: String
    /// Empty for services that are global in their partition, as IAM is.
    package let region: String
    /// Twelve digits, `aws` for what AWS keeps in every account, or empty.
    package let account: String
    /// The rest, colons and all, as in `secret:app/database-x7Yz2Q`.
    package let resource: String

    /// Reads an ARN; nil for a text that has fewer than six parts, or no partition, service or
    /// resource.
    package init?(_ text: String) {
        guard ARN.isARN(text) else { return nil }
        let parts = text.parts(between: UInt8(ascii: ":"), limit: 6)
        guard parts.count == 6, !parts[1].isEmpty, !parts[2].isEmpty, !parts[5].isEmpty else {
            return nil
        }
        partition = parts[1]
        service = parts[2]
        region = parts[3]
        account = parts[4]
        resource = parts[5]
    }

    /// The ARN of something in an account and region.
    ///
    /// - Parameters:
    ///   - service: as in `kms`.
    ///   - scope: where it is; the partition follows from its region.
    ///   - resource: what it is, as in `key/…`.
    package init(_ service: String, in scope: Scope, _ resource: String) {
        self.init(
            partition: Partition.ofRegion(scope.region),
            service,
            region: scope.region,
            account: scope.account,
            resource
        )
    }

    /// The ARN of something that has an account and no region, as what IAM keeps.
    ///
    /// - Parameters:
    ///   - service: `iam` or `sts`.
    ///   - partition: as in `aws-cn`.
    ///   - account: whose it is.
    ///   - resource: what it is, as in `role/app`.
    package init(global service: String, partition: String, account: String, _ resource: String) {
        self.init(partition: partition, service, region: "", account: account, resource)
    }

    private init(
        partition: String,
        _ service: String,
        region: String,
        account: String,
        _ resource: String
    ) {
        self.partition = partition
        self.service = service
        self.region = region
        self.account = account
        self.resource = resource
    }

    /// Whether a text sets out to be an ARN, and is no name.
    package static func isARN(_ text: String) -> Bool { text.utf8.starts(with: "arn:".utf8) }

    /// The whole ARN.
    package var text: String { "arn:\(partition):\(service):\(region):\(account):\(resource)" }

    /// The account and region that it names.
    package var scope: Scope { Scope(account: account, region: region) }

    /// The parts of the resource between slashes, as in `role`, `path`, `name`.
    package var path: [Substring] {
        resource.split(separator: "/", omittingEmptySubsequences: false)
    }
}
