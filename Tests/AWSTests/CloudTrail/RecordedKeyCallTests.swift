import AWS
import JSON
import TestSupport
import Testing

/// The calls to KMS that Secrets Manager makes for a caller, as CloudTrail was recorded to hold them.
@Suite struct RecordedKeyCallTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.create("a", value: "one", token: version("1"))
    }

    private var managedKey: String {
        get throws {
            try vault.describeKey("alias/aws/secretsmanager")["Arn"]?.string ?? ""
        }
    }

    @Test func `C52: a value that is read is decrypted by KMS in the reader's name`() throws {
        let session = try vault.session("worker")
        try vault.call(.getSecretValue, ["SecretId": "a"], by: session)
        let record = try vault.record(of: "Decrypt")
        #expect(record["eventSource"] == "kms.amazonaws.com")
        #expect(record["userIdentity"]?["arn"]?.string == session.principal.arn)
        #expect(record["userIdentity"]?["invokedBy"] == "secretsmanager.amazonaws.com")
        #expect(record["userIdentity"]?["sessionContext"]?["attributes"] != nil)
        #expect(record["sourceIPAddress"] == "secretsmanager.amazonaws.com")
        #expect(record["userAgent"] == "secretsmanager.amazonaws.com")
        #expect(record["readOnly"] == true)
        #expect(record["responseElements"] == .null)
        #expect(record["errorCode"] == nil)
        #expect(
            record["requestParameters"]?["encryptionContext"]?.text
                == #"{"SecretARN":"\#(arn)","SecretVersionId":"\#(version("1"))"}"#
        )
        #expect(record["resources"]?[0]?["ARN"]?.string == (try managedKey))
        #expect(record["resources"]?[0]?["type"] == "AWS::KMS::Key")
        let read = try vault.record(of: "GetSecretValue")
        #expect(read["requestID"] != record["requestID"])
        #expect(read["eventID"] != record["eventID"])
    }

    @Test func `C52: a value that is sealed has its data key from KMS`() throws {
        let parameters = try vault.record(of: "GenerateDataKey")["requestParameters"]
        #expect(
            parameters?["keyId"] == "arn:aws:kms:us-east-1:000000000000:alias/aws/secretsmanager"
        )
        #expect(parameters?["keySpec"] == "AES_256")
        let context = parameters?["encryptionContext"]
        #expect(context?["SecretVersionId"]?.string == version("1"))
        try vault.put("two", on: "a", token: version("2"))
        try vault.call(
            .updateSecret,
            [
                "SecretId": "a", "SecretString": "three",
                "ClientRequestToken": .string(version("3")),
            ]
        )
        let versions = try vault.records(of: "GenerateDataKey").compactMap { record in
            record["requestParameters"]?["encryptionContext"]?["SecretVersionId"]?.string
        }
        #expect(versions == [version("3"), version("2"), version("1")])
    }

    @Test func `C52: a value that is put again is compared, and so decrypted`() throws {
        try vault.put("one", on: "a", token: version("1"))
        #expect(try vault.records(of: "Decrypt").count == 1)
        #expect(try vault.records(of: "GenerateDataKey").count == 1)
    }

    @Test func `C52: a key that a request names is tried first`() throws {
        let key = keyARN(try vault.createKey())
        try vault.create("k", value: "one", token: version("9"), ["KmsKeyId": .string(key)])
        let found = try vault.events("ResourceName", key).reversed()
        let told = found.compactMap { event in
            event["EventSource"] == "kms.amazonaws.com" ? event["EventName"]?.string : nil
        }
        #expect(told == ["CreateKey", "GenerateDataKey", "Decrypt", "GenerateDataKey"])
        let tried = try vault.record(of: "Decrypt")["requestParameters"]?["encryptionContext"]
        #expect(tried?["SecretVersionId"] == "RequestToValidateKeyAccess")
    }

    @Test func `C52: a key that is disabled refuses under its own name`() throws {
        let id = try vault.createKey()
        try vault.create("k", value: "one", ["KmsKeyId": .string(id)])
        try vault.bring(id, to: .disabled)
        _ = vault.refusal(of: .getSecretValue, ["SecretId": "k"])
        let record = try vault.record(of: "Decrypt")
        #expect(record["errorCode"] != nil)
        #expect(record["resources"]?[0]?["ARN"]?.string == keyARN(id))
    }

    @Test func `C52: what is described or listed asks KMS for nothing`() throws {
        try vault.call(.describeSecret, ["SecretId": "a"])
        try vault.call(.listSecrets)
        #expect(try vault.events("EventName", "Decrypt").isEmpty)
    }

    @Test func `C52: pages of one event come to all of them, each once`() throws {
        for _ in 1...3 { try vault.call(.getSecretValue, ["SecretId": "a"]) }
        try vault.write { _ in }
        var ids: [String] = []
        var token: JSONValue?
        repeat {
            var members: JSONValue = ["MaxResults": 1]
            let read: JSONValue = ["AttributeKey": "ReadOnly", "AttributeValue": "true"]
            members.set("LookupAttributes", [read])
            if let token { members.set("NextToken", token) }
            let page = try vault.cloudTrail(.lookupEvents, members)
            #expect((page["Events"]?.elements ?? []).count <= 1)
            ids += (page["Events"]?.elements ?? []).compactMap { $0["EventId"]?.string }
            token = page["NextToken"]
        } while token != nil && ids.count < 50
        // Three reads, what was decrypted for them, and the data key of the value.
        #expect(ids.count >= 7)
        #expect(Set(ids).count == ids.count)
        for id in ids { #expect(try vault.events("EventId", id).count == 1) }
    }

    @Test func `C52: each secret of a batch and each parameter is decrypted once`() throws {
        try vault.call(.batchGetSecretValue, ["SecretIdList": ["a", "gone"]])
        #expect(try vault.records(of: "Decrypt").count == 1)
        _ = try vault.parameter("a")
        #expect(try vault.records(of: "Decrypt").count == 2)
        let read = try vault.record(of: "GetSecretValue")
        #expect(read["userIdentity"]?["invokedBy"] == "ssm.amazonaws.com")
        let decrypted = try vault.record(of: "Decrypt")
        #expect(decrypted["userIdentity"]?["invokedBy"] == "secretsmanager.amazonaws.com")
    }
}
