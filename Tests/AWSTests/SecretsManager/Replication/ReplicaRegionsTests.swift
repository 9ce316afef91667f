import AWS
import Testing

@Suite struct ReplicaRegionsTests {
    @Test func `A replica is in a region that there is, of the same partition`() {
        #expect(ReplicaRegions.arePartners("eu-west-1", "us-east-1"))
        #expect(ReplicaRegions.arePartners("eu-west-1", "made-up"))
        #expect(ReplicaRegions.arePartners("cn-north-1", "cn-northwest-1"))
        #expect(!ReplicaRegions.arePartners("made-up", "us-east-1"))
        #expect(!ReplicaRegions.arePartners("cn-north-1", "us-east-1"))
        #expect(!ReplicaRegions.arePartners("us-gov-west-1", "us-west-2"))
    }
}
