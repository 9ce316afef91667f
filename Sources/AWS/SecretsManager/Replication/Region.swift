/// The regions of AWS that have Secrets Manager, by partition.
///
/// [Endpoints and quotas](https://docs.aws.amazon.com/general/latest/gr/asm.html)
package enum Region {
    /// Whether a secret of one region can have a replica in the other: both are known, and of one
    /// partition.
    package static func arePartners(_ region: String, _ other: String) -> Bool {
        partitions.contains { $0.contains(region) && ($0.contains(other) || !isKnown(other)) }
    }

    /// Whether a text matches `^([a-z]+-)+\d+$`.
    package static func isWellFormed(_ region: String) -> Bool {
        let parts = region.utf8.split(
            separator: UInt8(ascii: "-"),
            omittingEmptySubsequences: false
        )
        guard parts.count >= 2, let number = parts.last, !number.isEmpty else { return false }
        return number.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            && parts.dropLast().allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
            }
    }

    /// A vault may be served under a made-up region; it then counts as one of any partition.
    private static func isKnown(_ region: String) -> Bool {
        partitions.contains { $0.contains(region) }
    }

    private static let partitions: [Set<String>] = [
        [
            "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2",
            "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2",
            "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6",
            "ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2",
            "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3",
            "il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1",
            "us-east-1", "us-east-2", "us-west-1", "us-west-2",
        ],
        ["cn-north-1", "cn-northwest-1"],
        ["us-gov-east-1", "us-gov-west-1"],
    ]
}
