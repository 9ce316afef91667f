import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite struct KeyTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test func `A new key is symmetric, enabled and the customer's`() throws {
        let key = try vault.kms(.createKey, ["Description": "d"])["KeyMetadata"] ?? .null
        let keyID = try #require(key["KeyId"]?.string)
        let materialID = try #require(key["CurrentKeyMaterialId"]?.string)
        #expect(
            key.text
                == #"{"AWSAccountId":"000000000000","Arn":"\#(keyARN(keyID))","#
                + #""CreationDate":1768471200,"CurrentKeyMaterialId":"\#(materialID)","#
                + #""CustomerMasterKeySpec":"SYMMETRIC_DEFAULT","#
                + #""Description":"d","Enabled":true,"EncryptionAlgorithms":["SYMMETRIC_DEFAULT"],"#
                + #""KeyId":"\#(keyID)","KeyManager":"CUSTOMER","KeySpec":"SYMMETRIC_DEFAULT","#
                + #""KeyState":"Enabled","KeyUsage":"ENCRYPT_DECRYPT","MultiRegion":false,"#
                + #""Origin":"AWS_KMS"}"#
        )
        #expect(try vault.describeKey(keyID).text == key.text)
    }

    @Test func `A multi-Region key is the primary, and its id begins with mrk-`() throws {
        let keyID = try vault.createKey(["MultiRegion": true])
        #expect(keyID.hasPrefix("mrk-"))
        #expect(keyID.count == 36)
        let key = try vault.describeKey(keyID)
        #expect(key["MultiRegion"] == true)
        #expect(
            key["MultiRegionConfiguration"]?.text
                == #"{"MultiRegionKeyType":"PRIMARY","PrimaryKey":{"Arn":"\#(keyARN(keyID))","#
                + #""Region":"us-east-1"},"ReplicaKeys":[]}"#
        )
    }

    @Test func `A key is described by its id, its ARN, an alias and an alias's ARN`() throws {
        let keyID = try vault.createKey(alias: "alias/app")
        let names = [
            keyID, keyARN(keyID), "alias/app", "arn:aws:kms:us-east-1:000000000000:alias/app",
        ]
        for name in names { #expect(try vault.describeKey(name)["KeyId"]?.string == keyID) }
    }

    @Test func `Keys belong to one account and region`() throws {
        let keyID = try vault.createKey()
        for caller in [Caller.root(region: "eu-west-1"), .root(account: "111111111111")] {
            let arn = "arn:aws:kms:\(caller.scope.region):\(caller.scope.account):key/\(keyID)"
            #expect(
                vault.refusal(ofKMS: .describeKey, ["KeyId": .string(keyID)], by: caller)
                    == .noKey(arn)
            )
            #expect(try vault.kms(.listKeys, by: caller)["Keys"]?.elements?.isEmpty == true)
        }
    }

    @Test func `A key of another account can be described by its ARN and not be changed`() throws {
        let members: JSONValue = ["KeyId": .string(keyARN(try vault.createKey()))]
        let stranger = Caller.root(account: "111111111111")
        #expect(vault.refusal(ofKMS: .describeKey, members, by: stranger) == nil)
        let refusal = vault.refusal(ofKMS: .disableKey, members, by: stranger)
        #expect(refusal?.code == "NotFoundException")
    }

    @Test func `Keys are listed in pages`() throws {
        var made: Set<String> = []
        for _ in 0..<5 { made.insert(try vault.createKey()) }
        var listed: [String] = []
        var members: JSONValue = ["Limit": 2]
        var pages = 0
        while true {
            let page = try vault.kms(.listKeys, members)
            listed += page["Keys"]?.elements?.compactMap { $0["KeyId"]?.string } ?? []
            pages += 1
            guard let marker = page["NextMarker"]?.string else {
                #expect(page["Truncated"] == false)
                break
            }
            #expect(page["Truncated"] == true)
            members.set("Marker", .string(marker))
        }
        #expect(pages == 3)
        #expect(listed.count == 5)
        #expect(Set(listed) == made)
        let wrong = vault.refusal(ofKMS: .listKeys, ["Marker": "x"])
        #expect(wrong?.code == "InvalidMarkerException")
    }

    @Test func `A key is disabled and enabled again`() throws {
        let keyID = try vault.createKey()
        for (action, state) in [(KMSAction.disableKey, "Disabled"), (.enableKey, "Enabled")] {
            #expect(try vault.kms(action, ["KeyId": .string(keyID)]).text == "{}")
            let key = try vault.describeKey(keyID)
            #expect(key["KeyState"]?.string == state)
            #expect(key["Enabled"] == .bool(state == "Enabled"))
        }
    }

    @Test(arguments: [(nil, 30), (7, 7), (30, 30)] as [(Int64?, Int64)])
    func `A key waits for its deletion for 7 to 30 days, 30 unless told`(
        _ sent: Int64?,
        _ days: Int64
    ) throws {
        let keyID = try vault.createKey()
        var members: JSONValue = ["KeyId": .string(keyID)]
        if let sent { members.set("PendingWindowInDays", .number(JSONNumber(sent))) }
        let end = vault.clock.now.adding(days: days).milliseconds / 1_000
        #expect(
            try vault.kms(.scheduleKeyDeletion, members).text
                == #"{"DeletionDate":\#(end),"KeyId":"\#(keyARN(keyID))","#
                + #""KeyState":"PendingDeletion","PendingWindowInDays":\#(days)}"#
        )
        let key = try vault.describeKey(keyID)
        #expect(key["KeyState"]?.string == "PendingDeletion")
        #expect(key["DeletionDate"]?.text == "\(end)")
        #expect(key["Enabled"] == false)
    }

    @Test func `A key whose deletion is cancelled is disabled`() throws {
        let keyID = try vault.createKey()
        try vault.bring(keyID, to: .pendingDeletion)
        let answer = try vault.kms(.cancelKeyDeletion, ["KeyId": .string(keyID)])
        #expect(answer.text == #"{"KeyId":"\#(keyARN(keyID))"}"#)
        let key = try vault.describeKey(keyID)
        #expect(key["KeyState"]?.string == "Disabled")
        #expect(key["DeletionDate"] == nil)
    }

    @Test func `A deleted key is gone with its aliases, and the trail says so`() throws {
        let keyID = try vault.createKey(alias: "alias/app")
        try vault.bring(keyID, to: .deleted)
        #expect(
            vault.refusal(ofKMS: .describeKey, ["KeyId": .string(keyID)]) == .noKey(keyARN(keyID))
        )
        #expect(
            vault.refusal(ofKMS: .describeKey, ["KeyId": "alias/app"]) == .noAlias("alias/app")
        )
        #expect(try vault.kms(.listKeys)["Keys"]?.elements?.isEmpty == true)
        let records = try vault.auditRecords()
        let record = try #require(records.first { $0.eventName == "DeleteKey" })
        #expect(record.principalARN == "kms.amazonaws.com")
        #expect(record.isServiceEvent)
    }

    @Test func `A description is changed`() throws {
        let keyID = try vault.createKey(["Description": "a"])
        try vault.kms(.updateKeyDescription, ["KeyId": .string(keyID), "Description": "b"])
        #expect(try vault.describeKey(keyID)["Description"]?.string == "b")
    }

    @Test func `Calls of KMS are in the audit trail`() throws {
        let keyID = try vault.createKey(["Description": "d"])
        let record = try #require(try vault.auditRecords().last)
        #expect(record.eventSource == "kms.amazonaws.com")
        #expect(record.eventName == "CreateKey")
        #expect(record.requestParameters == #"{"description":"d"}"#)
        try vault.bring(keyID, to: .disabled)
        let next = try #require(try vault.auditRecords().last)
        #expect(next.requestParameters == #"{"keyId":"\#(keyID)"}"#)
    }

    @Test func `Every operation has its place in the table of read-only ones`() {
        let readOnly = KMSAction.allCases.map(\.operation).filter(\.isReadOnly).map(\.name)
        let using: Set = [
            "Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext",
            "GenerateRandom", "ReEncrypt",
        ]
        #expect(Set(readOnly).isSuperset(of: using))
        #expect(
            readOnly.allSatisfy {
                using.contains($0) || $0.hasPrefix("List") || $0.hasPrefix("Get")
                    || $0.hasPrefix("Describe")
            }
        )
        #expect(readOnly.count == 16)
    }
}
