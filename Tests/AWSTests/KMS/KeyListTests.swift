import AWS
import JSON
import TestSupport
import Testing

/// What the lists of KMS share, and the bounds of what they list.
@Suite struct KeyListTests {
    let vault: ScratchVault
    let keyID: String

    init() throws {
        vault = try ScratchVault()
        keyID = try vault.createKey(alias: "alias/a")
        try vault.createKey(alias: "alias/b")
        let tags: JSONValue = [
            ["TagKey": "a", "TagValue": "1"], ["TagKey": "b", "TagValue": "2"],
        ]
        try vault.kms(.tagResource, ["KeyId": "\(keyID)", "Tags": tags])
    }

    @Test(arguments: [KMSAction.listKeys, .listAliases])
    func `A list holds what the account has in the region`(action: KMSAction) throws {
        let list = action == .listKeys ? "Keys" : "Aliases"
        let own = try vault.kms(action)[list]?.elements?.count ?? 0
        for caller in [europe, stranger] {
            let listed = try vault.kms(action, by: caller)[list]?.elements ?? []
            // AWS's own alias is everywhere.
            #expect(listed.count == (action == .listKeys ? 0 : 1))
        }
        #expect(own >= 2)
    }

    @Test(arguments: [KMSAction.listKeys, .listAliases, .listResourceTags])
    func `A marker of another list is refused`(action: KMSAction) throws {
        let members: JSONValue = action == .listResourceTags ? ["KeyId": "\(keyID)"] : [:]
        var first = members
        first.set("Limit", 1)
        let marker = try #require(try vault.kms(action, first)["NextMarker"])
        let others: [KMSAction] = [.listKeys, .listAliases, .listResourceTags, .listKeyPolicies]
        for other in others where other != action {
            let isOfKey = [.listResourceTags, .listKeyPolicies].contains(other)
            var members: JSONValue = isOfKey ? ["KeyId": "\(keyID)"] : [:]
            members.set("Marker", marker)
            #expect(vault.refusal(ofKMS: other, members)?.code == "InvalidMarkerException")
        }
        if action != .listResourceTags {
            let foreign = vault.refusal(ofKMS: action, ["Marker": marker], by: stranger)
            #expect(foreign?.code == "InvalidMarkerException")
        }
    }

    @Test(arguments: [KMSAction.listKeys, .listAliases, .listResourceTags, .listKeyPolicies])
    func `A page has from 1 to 1,000 elements`(action: KMSAction) {
        for (limit, rule) in [
            (0, "have value greater than or equal to 1"),
            (1_001, "have value less than or equal to 1000"),
        ] as [(Int64, String)] {
            #expect(
                vault.refusal(
                    ofKMS: action,
                    ["KeyId": "\(keyID)", "Limit": .number(JSONNumber(limit))]
                ) == .constraint("'\(limit)'", "limit", rule)
            )
        }
    }

    @Test func `Fifty tags are the most, also over several calls`() throws {
        let tags = (0..<48).map { number -> JSONValue in
            ["TagKey": "k\(number)", "TagValue": ""]
        }
        try vault.kms(.tagResource, ["KeyId": "\(keyID)", "Tags": .array(tags)])
        let before = try vault.kms(.listResourceTags, ["KeyId": "\(keyID)"])
        #expect(
            vault.refusal(
                ofKMS: .tagResource,
                ["KeyId": "\(keyID)", "Tags": [["TagKey": "x", "TagValue": ""]]]
            ) == Refusal("TagException", "Too many tags")
        )
        #expect(try vault.kms(.listResourceTags, ["KeyId": "\(keyID)"]) == before)
        #expect(before["Tags"]?.elements?.count == 50)
    }

    @Test(arguments: [KMSAction.tagResource, .untagResource])
    func `Tags of AWS are neither put nor taken away`(action: KMSAction) throws {
        let before = try vault.kms(.listResourceTags, ["KeyId": "\(keyID)"])
        #expect(
            vault.refusal(
                ofKMS: action,
                [
                    "KeyId": "\(keyID)", "Tags": [["TagKey": "aws:x", "TagValue": ""]],
                    "TagKeys": ["a", "aws:x"],
                ]
            ) == Refusal("TagException", "Tags beginning with aws: are reserved")
        )
        #expect(try vault.kms(.listResourceTags, ["KeyId": "\(keyID)"]) == before)
    }

    @Test func `Rotation that is turned on again keeps its period unless told`() throws {
        let key: JSONValue = ["KeyId": "\(keyID)"]
        func period() throws -> Int64? {
            try vault.kms(.getKeyRotationStatus, key)["RotationPeriodInDays"]?.integer
        }
        try vault.kms(
            .enableKeyRotation,
            ["KeyId": "\(keyID)", "RotationPeriodInDays": 90]
        )
        try vault.kms(.enableKeyRotation, key)
        #expect(try period() == 90)
        try vault.kms(.disableKeyRotation, key)
        try vault.kms(.enableKeyRotation, key)
        #expect(try period() == 365)
    }

    @Test func `The kind of key that there is can be asked for by name`() throws {
        let kinds: [JSONValue] = [
            ["KeySpec": "SYMMETRIC_DEFAULT"], ["CustomerMasterKeySpec": "SYMMETRIC_DEFAULT"],
            ["KeyUsage": "ENCRYPT_DECRYPT"], ["Origin": "AWS_KMS"],
        ]
        for members in kinds { try vault.createKey(members) }
        let both: JSONValue = [
            "KeySpec": "SYMMETRIC_DEFAULT", "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT",
        ]
        #expect(vault.refusal(ofKMS: .createKey, both)?.code == "ValidationException")
    }
}
