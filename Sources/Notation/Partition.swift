/// The partitions of AWS: groups of regions that know nothing of each other.
///
/// The one place that knows what depends on them.
/// [Regions and partitions](https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html);
/// the prefixes of the regions are those that the SDKs choose an endpoint by.
package enum Partition {
    /// Where nothing else is said.
    package static let standard = "aws"

    /// Where the standard partition's endpoints are, and what most names of services end in, in every
    /// partition.
    package static let standardDomain = "amazonaws.com"

    /// The partition of a region; one that is made up is in the standard one.
    package static func ofRegion(_ region: String) -> String { row(of: region)?.name ?? standard }

    /// Whether there is a partition of this name.
    package static func isKnown(_ partition: String) -> Bool {
        partition == standard || rows.contains { $0.name == partition }
    }

    /// Whether a region can be in a partition, as the two stand in an ARN; what has no region is in
    /// any that there is.
    package static func isKnown(_ partition: String, with region: String) -> Bool {
        region.isEmpty ? isKnown(partition) : partition == ofRegion(region)
    }

    /// What the hosts of AWS's endpoints of a region end in, as `amazonaws.com.cn`.
    package static func domain(ofRegion region: String) -> String {
        row(of: region)?.domain ?? standardDomain
    }

    /// The same of a partition by its name.
    package static func domain(of partition: String) -> String {
        rows.first { $0.name == partition }?.domain ?? standardDomain
    }

    /// All domains that AWS's endpoints are in.
    package static var domains: [String] {
        rows.reduce(into: [standardDomain]) { domains, row in
            if !domains.contains(row.domain) { domains.append(row.domain) }
        }
    }

    /// Where AWS has a service of a region, as in `secretsmanager.cn-north-1.amazonaws.com.cn`.
    package static func serviceHost(_ service: String, in region: String) -> String {
        "\(service).\(region).\(domain(ofRegion: region))"
    }

    /// A partition beside the standard one.
    private struct Row: Sendable {
        let prefix: String
        let name: String
        let domain: String
    }

    private static func row(of region: String) -> Row? {
        // Most regions are told by their first byte.
        switch region.utf8.first {
        case UInt8(ascii: "c"), UInt8(ascii: "e"), UInt8(ascii: "u"):
            rows.first { region.hasPrefix($0.prefix) }
        // What the SDKs call a partition as a whole, for services without regions.
        case UInt8(ascii: "a"): rows.first { region == "\($0.name)-global" }
        default: nil
        }
    }

    private static let rows = [
        Row(prefix: "us-gov-", name: "aws-us-gov", domain: standardDomain),
        Row(prefix: "cn-", name: "aws-cn", domain: "amazonaws.com.cn"),
        Row(prefix: "us-iso-", name: "aws-iso", domain: "c2s.ic.gov"),
        Row(prefix: "us-isob-", name: "aws-iso-b", domain: "sc2s.sgov.gov"),
        Row(prefix: "eu-isoe-", name: "aws-iso-e", domain: "cloud.adc-e.uk"),
        Row(prefix: "us-isof-", name: "aws-iso-f", domain: "csp.hci.ic.gov"),
        Row(prefix: "eusc-", name: "aws-eusc", domain: "amazonaws.eu"),
    ]
}
