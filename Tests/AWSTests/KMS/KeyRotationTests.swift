import AWS
import JSON
import Notation
import TestSupport
import Testing

/// Other materials of a key, and when it gets them.
@Suite struct KeyRotationTests {
    let vault: ScratchVault
    let keyID: String
    let key: JSONValue

    init() throws {
        vault = try ScratchVault()
        keyID = try vault.createKey()
        key = ["KeyId": .string(keyID)]
    }

    private func status(_ member: String) throws -> JSONValue? {
        try vault.kms(.getKeyRotationStatus, key)[member]
    }

    private func current() throws -> String? {
        try vault.describeKey(keyID)["CurrentKeyMaterialId"]?.string
    }

    private func rotations(_ others: JSONValue = [:]) throws -> [JSONValue] {
        try vault.kms(.listKeyRotations, members(others, and: key))["Rotations"]?.elements ?? []
    }

    /// Rotates, and waits for the end of it.
    private func rotate() throws {
        try vault.kms(.rotateKeyOnDemand, key)
        vault.clock.advance(milliseconds: 100_000)
    }

    @Test func `C23: a key tells which material it seals with`() throws {
        let made = try vault.kms(.createKey)["KeyMetadata"] ?? .null
        let id = try #require(made["CurrentKeyMaterialId"]?.string)
        #expect(id.count == 64)
        #expect(id.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        #expect(try vault.describeKey(made["KeyId"]?.string ?? "") == made)
        #expect(try current() != id)
    }

    @Test func `C60: what is turned on again as it is keeps its date`() throws {
        try vault.kms(.enableKeyRotation, members(["RotationPeriodInDays": 90], and: key))
        let date = try status("NextRotationDate")
        vault.clock.advance(days: 10)
        for others in [[:], ["RotationPeriodInDays": 90]] as [JSONValue] {
            try vault.kms(.enableKeyRotation, members(others, and: key))
            #expect(try status("NextRotationDate") == date)
            #expect(try status("RotationPeriodInDays") == 90)
        }
        try vault.kms(.enableKeyRotation, members(["RotationPeriodInDays": 100], and: key))
        #expect(try status("RotationPeriodInDays") == 100)
        #expect(try status("NextRotationDate")?.integer == 1_768_471_200 + 110 * 86_400)
        try vault.kms(.disableKeyRotation, key)
        try vault.kms(.enableKeyRotation, key)
        #expect(try status("RotationPeriodInDays") == 365)
    }

    @Test func `C60: a disabled key tells its rotation, which nobody can turn on or off`() throws {
        try vault.kms(.enableKeyRotation, members(["RotationPeriodInDays": 90], and: key))
        let before = try vault.kms(.getKeyRotationStatus, key)
        try vault.bring(keyID, to: .disabled)
        #expect(try vault.kms(.getKeyRotationStatus, key) == before)
        for action in [KMSAction.enableKeyRotation, .disableKeyRotation] {
            #expect(vault.refusal(ofKMS: action, key) == .disabledKey(keyID))
        }
        try vault.bring(keyID, to: .pendingDeletion)
        #expect(
            try vault.kms(.getKeyRotationStatus, key).text
                == #"{"KeyId":"\#(keyARN(keyID))","KeyRotationEnabled":false}"#
        )
        for action in [KMSAction.enableKeyRotation, .disableKeyRotation] {
            #expect(vault.refusal(ofKMS: action, key) == .pendingDeletion(keyID))
        }
        try vault.kms(.cancelKeyDeletion, key)
        #expect(try vault.kms(.getKeyRotationStatus, key) == before)
    }

    @Test func `C70: a rotation on demand takes a while, and then the key seals with another`()
        throws
    {
        let first = try current()
        let old = try vault.encrypt("old", under: keyID)
        let start = vault.clock.now
        let answer = try vault.kms(.rotateKeyOnDemand, key)
        #expect(answer.text == #"{"KeyId":"\#(keyARN(keyID))"}"#)
        #expect(try status("OnDemandRotationStartDate")?.integer == start.milliseconds / 1_000)
        vault.clock.advance(milliseconds: 50_000)
        #expect(try vault.kms(.rotateKeyOnDemand, key) == answer)
        #expect(try current() == first)
        #expect(try rotations().isEmpty)
        vault.clock.advance(milliseconds: 50_000)
        #expect(try status("OnDemandRotationStartDate") == nil)
        let second = try #require(try current())
        #expect(second != first)
        #expect(
            try rotations().map(\.text) == [
                #"{"KeyId":"\#(keyARN(keyID))","KeyMaterialId":"\#(second)","#
                    + #""KeyMaterialState":"CURRENT","RotationDate":\#(1_768_471_200 + 100),"#
                    + #""RotationType":"ON_DEMAND"}"#
            ]
        )
        let all = try rotations(["IncludeKeyMaterial": "ALL_KEY_MATERIAL"])
        #expect(all.count == 2)
        #expect(
            all.first?.text
                == #"{"KeyId":"\#(keyARN(keyID))","KeyMaterialId":"\#(first ?? "")","#
                + #""KeyMaterialState":"NON_CURRENT"}"#
        )
        let opened = try vault.kms(.decrypt, ["CiphertextBlob": old])
        #expect(opened["Plaintext"]?.string == base64("old"))
        #expect(opened["KeyMaterialId"]?.string == first)
        let new = try vault.kms(
            .decrypt,
            ["CiphertextBlob": try vault.encrypt("new", under: keyID)]
        )
        #expect(new["KeyMaterialId"]?.string == second)
    }

    @Test
    func `C72: secrets stay readable when their key is rotated, and closed when it is closed`()
        throws
    {
        try vault.create("a", value: "one", token: version("1"), ["KmsKeyId": .string(keyID)])
        try rotate()
        try vault.put("two", on: "a", token: version("2"))
        try rotate()
        try vault.put("three", on: "a", token: version("3"))
        for (id, value) in [("1", "one"), ("2", "two"), ("3", "three")] {
            #expect(try vault.value(of: "a", version: version(id)) == value)
        }
        let listed = try vault.allVersions(of: "a").map { $0["KmsKeyIds"]?.text }
        #expect(listed == Array(repeating: #"["\#(keyARN(keyID))"]"#, count: 3))
        try vault.bring(keyID, to: .disabled)
        for id in ["1", "2", "3"] {
            let members: JSONValue = ["SecretId": "a", "VersionId": .string(version(id))]
            #expect(vault.refusal(of: .getSecretValue, members)?.code == "DecryptionFailure")
        }
        try vault.kms(.enableKey, key)
        try vault.bring(keyID, to: .deleted)
        for id in ["1", "2", "3"] {
            let members: JSONValue = ["SecretId": "a", "VersionId": .string(version(id))]
            #expect(vault.refusal(of: .getSecretValue, members)?.code == "DecryptionFailure")
        }
    }

    @Test(arguments: [KeyState.disabled, .pendingDeletion])
    func `C70: a rotation goes on while the key cannot be used`(state: KeyState) throws {
        let first = try current()
        try vault.kms(.rotateKeyOnDemand, key)
        try vault.bring(keyID, to: state)
        #expect(try status("OnDemandRotationStartDate") != nil)
        vault.clock.advance(milliseconds: 100_000)
        #expect(try current() != first)
    }

    @Test func `C70: a new key has no rotations, and they come in pages`() throws {
        #expect(
            try vault.kms(.listKeyRotations, key).text == #"{"Rotations":[],"Truncated":false}"#
        )
        for _ in 0..<3 { try rotate() }
        let whole = try rotations(["IncludeKeyMaterial": "ALL_KEY_MATERIAL"])
        #expect(whole.count == 4)
        var paged: [JSONValue] = []
        var request = members(["Limit": 3, "IncludeKeyMaterial": "ALL_KEY_MATERIAL"], and: key)
        while true {
            let page = try vault.kms(.listKeyRotations, request)
            paged += page["Rotations"]?.elements ?? []
            guard let marker = page["NextMarker"] else { break }
            #expect(page["Truncated"] == true)
            request.set("Marker", marker)
        }
        #expect(paged == whole)
        #expect(
            whole.compactMap { $0["KeyMaterialState"]?.string }
                == ["NON_CURRENT", "NON_CURRENT", "NON_CURRENT", "CURRENT"]
        )
        #expect(
            vault.refusal(ofKMS: .listKeyRotations, members(["Marker": "x"], and: key))
                == Refusal("InvalidMarkerException", nil)
        )
    }

    @Test func `C70: a key is rotated on demand 25 times and no more`() throws {
        for _ in 0..<25 { try rotate() }
        #expect(
            vault.refusal(ofKMS: .rotateKeyOnDemand, key)
                == Refusal(
                    "LimitExceededException",
                    "The on-demand rotations limit has been reached for the given keyId. No more"
                        + " on-demand rotations can be performed for this key: \(keyARN(keyID))"
                )
        )
    }

    @Test func `A key that is destroyed takes all its materials with it`() throws {
        let old = try vault.encrypt("old", under: keyID)
        try rotate()
        let new = try vault.encrypt("new", under: keyID)
        try vault.bring(keyID, to: .deleted)
        for ciphertext in [old, new] {
            #expect(vault.refusal(ofDecrypting: ciphertext) == .keyOfCiphertextNotReachable)
        }
    }
}
