import AWS
import JSON
import TestSupport
import Testing

/// Policies, tags and rotation of keys.
@Suite struct KeySettingsTests {
    let vault: ScratchVault
    let keyID: String
    let key: JSONValue

    init() throws {
        vault = try ScratchVault()
        keyID = try vault.createKey()
        key = ["KeyId": .string(keyID)]
    }

    private func members(_ others: JSONValue) -> JSONValue {
        var members = others
        members.set("KeyId", .string(keyID))
        return members
    }

    // MARK: Policies

    @Test func `A key without a policy gets one that leaves all to its account`() throws {
        let answer = try vault.kms(.getKeyPolicy, key)
        #expect(answer["PolicyName"]?.string == "default")
        let text = try #require(answer["Policy"]?.string)
        let policy = try JSONParser.parse(Array(text.utf8))
        #expect(policy["Id"]?.string == "key-default-1")
        let statement = policy["Statement"]?.elements?.first
        #expect(statement?["Principal"]?["AWS"]?.string == "arn:aws:iam::000000000000:root")
        #expect(statement?["Action"]?.string == "kms:*")
    }

    @Test func `A policy is put and comes back pretty-printed`() throws {
        let policy = KeyStateTests.policy
        try vault.kms(.putKeyPolicy, members(["Policy": .string(policy), "PolicyName": "default"]))
        let stored = try vault.kms(.getKeyPolicy, key)["Policy"]?.string ?? ""
        #expect(stored != policy)
        #expect(try JSONParser.parse(Array(stored.utf8)) == JSONParser.parse(Array(policy.utf8)))
        let other = try vault.createKey(["Policy": .string(policy)])
        #expect(
            try vault.kms(.getKeyPolicy, ["KeyId": .string(other)])["Policy"]?.string == stored
        )
    }

    @Test func `A key has one policy, named default`() throws {
        #expect(
            try vault.kms(.listKeyPolicies, key).text
                == #"{"PolicyNames":["default"],"Truncated":false}"#
        )
        #expect(
            vault.refusal(ofKMS: .getKeyPolicy, members(["PolicyName": "other"]))
                == Refusal("NotFoundException", "No such policy exists")
        )
        let policy = JSONValue.string(KeyStateTests.policy)
        let refusal = vault.refusal(
            ofKMS: .putKeyPolicy,
            members(["PolicyName": "other", "Policy": policy])
        )
        #expect(refusal?.code == "ValidationException")
    }

    @Test func `A policy longer than 32 KiB is refused`() throws {
        let policy = KeyStateTests.policy + String(repeating: " ", count: 32_768)
        let refusal = vault.refusal(ofKMS: .putKeyPolicy, members(["Policy": .string(policy)]))
        #expect(refusal?.code == "LimitExceededException")
    }

    @Test(arguments: [
        (
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","#
                + #""Action":"s3:GetObject","Resource":"*"}]}"#,
            "Policy contains a syntax error."
        ),
        (
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","#
                + #""Principal":{"AWS":"nobody"},"Action":"kms:*","Resource":"*"}]}"#,
            "Policy contains a statement with one or more invalid principals."
        ),
    ])
    func `A policy that is none is refused and the old one stays`(
        _ policy: String,
        _ sentence: String
    ) throws {
        let before = try vault.kms(.getKeyPolicy, key)
        #expect(
            vault.refusal(ofKMS: .putKeyPolicy, members(["Policy": .string(policy)]))
                == Refusal("MalformedPolicyDocumentException", sentence)
        )
        #expect(try vault.kms(.getKeyPolicy, key) == before)
    }

    // MARK: Tags

    @Test func `Tags are merged by key and removed by key`() throws {
        let tags: JSONValue = [
            ["TagKey": "a", "TagValue": "1"], ["TagKey": "b", "TagValue": "2"],
        ]
        try vault.kms(.tagResource, members(["Tags": tags]))
        try vault.kms(.tagResource, members(["Tags": [["TagKey": "a", "TagValue": "3"]]]))
        #expect(
            try vault.kms(.listResourceTags, key).text
                == #"{"Tags":[{"TagKey":"a","TagValue":"3"},{"TagKey":"b","TagValue":"2"}],"#
                + #""Truncated":false}"#
        )
        try vault.kms(.untagResource, members(["TagKeys": ["a", "nobody's"]]))
        #expect(
            try vault.kms(.listResourceTags, key)["Tags"]?.text
                == #"[{"TagKey":"b","TagValue":"2"}]"#
        )
    }

    @Test func `A key has at most 50 tags, listed in pages`() throws {
        let tags = (0..<51).map { number -> JSONValue in
            ["TagKey": .string("k\(number)"), "TagValue": "v"]
        }
        #expect(
            vault.refusal(ofKMS: .tagResource, members(["Tags": .array(tags)]))
                == Refusal("TagException", "Too many tags")
        )
        try vault.kms(.tagResource, members(["Tags": .array(Array(tags.prefix(50)))]))
        let first = try vault.kms(.listResourceTags, members(["Limit": 49]))
        #expect(first["Tags"]?.elements?.count == 49)
        let marker = try #require(first["NextMarker"])
        let second = try vault.kms(.listResourceTags, members(["Limit": 49, "Marker": marker]))
        #expect(second["Tags"]?.text == #"[{"TagKey":"k49","TagValue":"v"}]"#)
    }

    // MARK: Rotation

    @Test func `Rotation is off until it is turned on, for 365 days unless told`() throws {
        let off = #"{"KeyId":"\#(keyARN(keyID))","KeyRotationEnabled":false}"#
        #expect(try vault.kms(.getKeyRotationStatus, key).text == off)
        try vault.kms(.enableKeyRotation, key)
        let next = 1_768_471_200 + 365 * 86_400
        #expect(
            try vault.kms(.getKeyRotationStatus, key).text
                == #"{"KeyId":"\#(keyARN(keyID))","KeyRotationEnabled":true,"#
                + #""NextRotationDate":\#(next),"RotationPeriodInDays":365}"#
        )
        try vault.kms(.enableKeyRotation, members(["RotationPeriodInDays": 90]))
        #expect(
            try vault.kms(.getKeyRotationStatus, key)["RotationPeriodInDays"]?.text == "90"
        )
        vault.clock.advance(days: 91)
        #expect(
            try vault.kms(.getKeyRotationStatus, key)["NextRotationDate"]?.text
                == "\(1_768_471_200 + 180 * 86_400)"
        )
        try vault.kms(.disableKeyRotation, key)
        #expect(try vault.kms(.getKeyRotationStatus, key).text == off)
    }

    @Test func `A key that is pending deletion is not rotated, and is again afterwards`() throws {
        try vault.kms(.enableKeyRotation, key)
        try vault.bring(keyID, to: .pendingDeletion)
        #expect(
            try vault.kms(.getKeyRotationStatus, key)["KeyRotationEnabled"] == false
        )
        try vault.kms(.cancelKeyDeletion, key)
        #expect(try vault.kms(.getKeyRotationStatus, key)["KeyRotationEnabled"] == true)
    }
}
