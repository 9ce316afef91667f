internal import Notation

/// Where AWS serves a service in a region, by its name in the DNS.
///
/// [Service endpoints](https://docs.aws.amazon.com/general/latest/gr/rande.html)
package struct ServiceEndpoint: Sendable {
    /// As in `secretsmanager.eu-central-1.amazonaws.com`.
    let name: String

    /// - Parameters:
    ///   - service: as signatures name it.
    ///   - region: as in `eu-central-1`.
    init(of service: String, in region: String) {
        let partition = Partition.ofRegion(region)
        let suffix = ServiceEndpoint.suffixes[partition] ?? "amazonaws.com"
        // The one service here that is global in its partition.
        let isGlobal = service == "iam" && partition == Partition.standard
        name = isGlobal ? "\(service).\(suffix)" : "\(service).\(region).\(suffix)"
    }

    /// By partition, where it is not `amazonaws.com`.
    private static let suffixes = [
        "aws-cn": "amazonaws.com.cn", "aws-eusc": "amazonaws.eu", "aws-iso": "c2s.ic.gov",
        "aws-iso-b": "sc2s.sgov.gov", "aws-iso-e": "cloud.adc-e.uk",
        "aws-iso-f": "csp.hci.ic.gov",
    ]

    /// What may stand behind service and region in the name of an endpoint on the internet: the
    /// usual names, those that IPv6 has too, and China's and the European cloud's own.
    private static let publicSuffixes = [
        ".amazonaws.com", ".api.aws", ".amazonaws.com.cn", ".api.amazonwebservices.com.cn",
        ".amazonaws.eu",
    ]

    /// Whether a host is the endpoint of one of some services: `SERVICE.REGION` or
    /// `SERVICE-fips.REGION` before AWS's own domain, or the names of what is global.
    ///
    /// Nothing more is taken, for below `amazonaws.com` anybody has names: a bucket's is
    /// `BUCKET.s3.amazonaws.com`, and a page can be served from there.
    ///
    /// - Parameters:
    ///   - host: in lower case, without a port.
    ///   - services: as signatures name them.
    /// - Returns: whether it is.
    static func isName(_ host: String, of services: some Sequence<String>) -> Bool {
        guard let suffix = publicSuffixes.first(where: { host.hasSuffix($0) }) else { return false }
        let labels = host.dropLast(suffix.utf8.count)
            .split(separator: ".", omittingEmptySubsequences: false)
        guard let first = labels.first, labels.count <= 2 else { return false }
        let service = first.hasSuffix("-fips") ? first.dropLast(5) : first
        guard services.contains(String(service)) else { return false }
        guard labels.count == 2 else {
            return suffix == ".amazonaws.com" && globals.contains(host)
        }
        return Region.isWellFormed(String(labels[1])) || globals.contains(host)
    }

    /// The endpoints that have no region, or none of the usual form.
    private static let globals: Set<String> = [
        "iam.amazonaws.com", "iam-fips.amazonaws.com", "iam.us-gov.amazonaws.com",
        "iam.global.api.aws", "sts.amazonaws.com",
    ]
}
