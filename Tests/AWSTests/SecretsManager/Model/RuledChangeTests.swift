import AWS
import Notation
import Testing

/// What the vault deletes without a word is a copy: of anything else the rules give nothing to delete.
@Suite("Changes that go with a rule")
struct RuledChangeTests {
    private let scope = Scope(account: "000000000000", region: "us-east-1")

    private func secret(primaryID: Int64?, _ primary: CrossAccountPrimary?) -> Secret {
        let time = Timestamp(milliseconds: 0)
        return Secret(
            id: 1,
            arn: SecretARN(scope: scope, name: "a", suffix: "AbCdEf"),
            createdAt: time,
            lastChangedAt: time,
            primaryID: primaryID,
            crossAccountPrimary: primary
        )
    }

    private var primary: CrossAccountPrimary {
        CrossAccountPrimary(primaryARN: "arn", status: .inSync)
    }

    @Test func `A secret goes without its end being recorded only as a copy in another region`() {
        #expect(PurgedSecret(copy: secret(primaryID: nil, nil)) == nil)
        #expect(PurgedSecret(copy: secret(primaryID: nil, primary)) == nil)
        #expect(PurgedSecret(copy: secret(primaryID: 2, nil)) != nil)
    }

    @Test func `A version goes because a primary has it no more only from a copy`() {
        #expect(PrunedVersion("v", goneFromPrimaryOf: secret(primaryID: nil, nil)) == nil)
        #expect(PrunedVersion("v", goneFromPrimaryOf: secret(primaryID: nil, primary)) != nil)
        #expect(PrunedVersion("v", goneFromPrimaryOf: secret(primaryID: 2, nil))?.id == "v")
    }
}
