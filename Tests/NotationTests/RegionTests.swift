import Notation
import Testing

@Suite struct RegionTests {
    @Test(
        arguments: [
            ("us-east-1", "aws"), ("us-west-2", "aws"), ("eu-west-1", "aws"), ("local", "aws"),
            ("", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-east-1", "aws-us-gov"),
            ("us-iso-west-1", "aws-iso"), ("us-isob-east-1", "aws-iso-b"),
            ("eu-isoe-west-1", "aws-iso-e"), ("us-isof-south-1", "aws-iso-f"),
            ("eusc-de-east-1", "aws-eusc"), ("cnx", "aws"), ("us-isox-1", "aws"),
        ]
    )
    func `A region is in the partition that its prefix says`(region: String, partition: String) {
        #expect(Partition.ofRegion(region) == partition)
        #expect(Partition.isKnown(partition))
    }

    /// All regions of the SDKs' partitions.json, of botocore 1.44.
    private static let partitions: [(name: String, domain: String, regions: String)] = [
        (
            "aws", "amazonaws.com",
            """
            af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 \
            ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 \
            ap-southeast-5 ap-southeast-6 ap-southeast-7 aws-global ca-central-1 ca-west-1 \
            eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 \
            eu-west-3 il-central-1 me-central-1 me-south-1 me-west-1 mx-central-1 sa-east-1 \
            sa-west-1 us-east-1 us-east-2 us-west-1 us-west-2
            """
        ),
        (
            "aws-cn", "amazonaws.com.cn",
            """
            aws-cn-global cn-north-1 cn-northwest-1
            """
        ),
        (
            "aws-eusc", "amazonaws.eu",
            """
            eusc-de-east-1
            """
        ),
        (
            "aws-iso", "c2s.ic.gov",
            """
            aws-iso-global us-iso-east-1 us-iso-west-1
            """
        ),
        (
            "aws-iso-b", "sc2s.sgov.gov",
            """
            aws-iso-b-global us-isob-east-1 us-isob-west-1
            """
        ),
        (
            "aws-iso-e", "cloud.adc-e.uk",
            """
            aws-iso-e-global eu-isoe-west-1
            """
        ),
        (
            "aws-iso-f", "csp.hci.ic.gov",
            """
            aws-iso-f-global us-isof-east-1 us-isof-south-1
            """
        ),
        (
            "aws-us-gov", "amazonaws.com",
            """
            aws-us-gov-global us-gov-east-1 us-gov-west-1
            """
        ),
    ]

    @Test(arguments: partitions)
    func `C57: the partition and the hosts of every region are those that the SDKs know`(
        name: String,
        domain: String,
        regions: String
    ) {
        #expect(Partition.isKnown(name))
        #expect(Partition.domain(of: name) == domain)
        for region in regions.split(separator: " ").map(String.init) {
            #expect(Partition.ofRegion(region) == name, "\(region)")
            #expect(Partition.domain(ofRegion: region) == domain, "\(region)")
            #expect(Partition.serviceHost("kms", in: region) == "kms.\(region).\(domain)")
            for other in Self.partitions.map(\.name) {
                #expect(Partition.isKnown(other, with: region) == (other == name), "\(region)")
            }
            let arn = ARN("kms", in: Scope(account: "000000000000", region: region), "key/1")
            #expect(arn.partition == name)
        }
    }

    @Test(arguments: ["", "AWS", "aws-", "aws-xy", "us-east-1"])
    func `No other partition is known`(partition: String) {
        #expect(!Partition.isKnown(partition))
    }

    @Test(arguments: ["us-east-1", "local", "x", String(repeating: "a", count: 63)])
    func `A region's name is a host label`(name: String) {
        #expect(Region.isName(name))
    }

    @Test(arguments: ["", "a:b", "a b", "ä", "a.b", "a/b", String(repeating: "a", count: 64)])
    func `What is no host label is no region's name`(name: String) {
        #expect(!Region.isName(name))
    }

    @Test(
        arguments: [
            ("us-east-1", true), ("us-gov-west-12", true), ("a-0", true), ("useast1", false),
            ("us-east-", false), ("-east-1", false), ("us--1", false), ("US-east-1", false),
            ("us-east-1a", false), ("us-east-١", false), ("", false), ("1", false),
        ]
    )
    func `A region is well formed when words and then a number are joined`(
        region: String,
        isWellFormed: Bool
    ) {
        #expect(Region.isWellFormed(region) == isWellFormed)
    }

    @Test(
        arguments: [
            ("000000000000", true), ("123456789012", true), ("12345678901", false),
            ("1234567890123", false), ("12345678901a", false), ("١٢٣٤٥٦", false), ("", false),
        ]
    )
    func `An account id is twelve digits of ASCII`(text: String, isValid: Bool) {
        #expect(AccountID.isValid(text) == isValid)
    }
}
