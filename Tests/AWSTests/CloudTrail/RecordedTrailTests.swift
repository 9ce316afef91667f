import AWS
import JSON
import TestSupport
import Testing

/// What CloudTrail was recorded to hold of calls to Secrets Manager, each by its number in
/// docs/compatibility.md.
@Suite struct RecordedTrailTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.create("a", value: "one", token: version("1"))
    }

    private static let onSecret: [(SecretsManagerAction, JSONValue)] = [
        (.getSecretValue, [:]), (.describeSecret, [:]), (.putSecretValue, ["SecretString": "v"]),
        (.tagResource, ["Tags": [["Key": "k", "Value": "v"]]]), (.getResourcePolicy, [:]),
        (.deleteSecret, [:]),
    ]

    @Test(arguments: onSecret)
    func `C38: a secret that was named by its ARN is among the resources, and found by it`(
        action: SecretsManagerAction,
        others: JSONValue
    ) throws {
        var members = others
        members.set("SecretId", .string(arn))
        try vault.call(action, members)
        let record = try vault.record(of: action.rawValue)
        #expect(
            record["resources"]?.text
                == #"[{"accountId":"000000000000","type":"AWS::SecretsManager::Secret","ARN":"\#(arn)"}]"#
        )
        let names = record.names ?? []
        let place = names.firstIndex(of: "resources")
        #expect(place.map { names[($0 - 1)...($0 + 1)] } == ["readOnly", "resources", "eventType"])
        let found = try vault.events("ResourceName", arn)
        #expect(found.first?["EventName"]?.string == action.rawValue)
        #expect(found.first?.resources == ["AWS::SecretsManager::Secret \(arn)"])
        let ofType = try vault.events("ResourceType", "AWS::SecretsManager::Secret")
        #expect(ofType.map(\.resources) == found.map(\.resources))
    }

    @Test(arguments: onSecret)
    func `C38: one that was named by its name is not`(
        action: SecretsManagerAction,
        others: JSONValue
    ) throws {
        var members = others
        members.set("SecretId", "a")
        try vault.call(action, members)
        #expect(try vault.record(of: action.rawValue)["resources"] == nil)
        #expect(try vault.events("ResourceName", arn).isEmpty)
    }

    @Test func `C38: a failure has its resource, and what is about no secret has none`() throws {
        let gone = "arn:aws:secretsmanager:us-east-1:000000000000:secret:gone-AbCdEf"
        _ = vault.refusal(of: .getSecretValue, ["SecretId": .string(gone)])
        #expect(
            try vault.record(of: "GetSecretValue")["resources"]?[0]?["ARN"]?.string == gone
        )
        try vault.call(.listSecrets)
        try vault.call(.batchGetSecretValue, ["SecretIdList": [.string(arn)]])
        for name in ["CreateSecret", "ListSecrets", "BatchGetSecretValue"] {
            let record = try vault.record(of: name)
            #expect(record["eventName"]?.string == name)
            #expect(record["resources"] == nil)
        }
    }

    @Test func `C39: changes keep the ARN, and a deletion its date and the name`() throws {
        try vault.put("two", on: "a", token: version("2"))
        try vault.call(.updateSecret, ["SecretId": "a", "Description": "d"])
        for name in ["CreateSecret", "PutSecretValue", "UpdateSecret"] {
            #expect(
                try vault.record(of: name)["responseElements"]?.text == #"{"arn":"\#(arn)"}"#
            )
        }
        let deletion = try vault.call(.deleteSecret, ["SecretId": "a"])["DeletionDate"]
        let told = try vault.record(of: "DeleteSecret")["responseElements"]
        #expect(told?.names == ["deletionDate", "name", "arn"])
        #expect(told?["name"] == "a")
        #expect(told?["arn"]?.string == arn)
        let date = told?["deletionDate"]?.string ?? ""
        #expect(date.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
        #expect(deletion != nil)
        try vault.call(.describeSecret, ["SecretId": "a"])
        #expect(try vault.record(of: "DescribeSecret")["responseElements"] == .null)
    }

    @Test func `C39, C42: a change that KMS refuses keeps the ARN beside AccessDenied`() throws {
        let enforcing = try ScratchVault(authorization: .enforce)
        let key = keyARN(try enforcing.createKey())
        let arn = try enforcing.create("k", value: "one", ["KmsKeyId": .string(key)])
        let user = try enforcing.user(
            "u",
            policies: [PolicyDraft.statement("Allow", "secretsmanager:*")]
        )
        let members: JSONValue = [
            "SecretId": .string(arn), "SecretString": "two",
            "ClientRequestToken": .string(version("2")),
        ]
        #expect(
            enforcing.refusal(of: .putSecretValue, members, by: user)?.text
                == "Access to KMS is not allowed"
        )
        let record = try enforcing.record(of: "PutSecretValue")
        #expect(record["errorCode"] == "AccessDenied")
        #expect(record["responseElements"]?.text == #"{"arn":"\#(arn)"}"#)
        // What KMS itself was asked for is told too.
        let refused = try enforcing.record(of: "GenerateDataKey")
        #expect(refused["errorCode"] == "AccessDenied")
        #expect(
            refused["errorMessage"]?.string?.hasPrefix(
                "User: \(user.principal.arn) is not authorized to perform: kms:GenerateDataKey"
                    + " on resource: \(key)"
            ) == true
        )
    }

    @Test func `C40: what the model does not box is told when it was not sent`() throws {
        try vault.call(
            .replicateSecretToRegions,
            ["SecretId": "a", "AddReplicaRegions": [["Region": "eu-west-1"]]]
        )
        for name in ["CreateSecret", "ReplicateSecretToRegions"] {
            let parameters = try vault.record(of: name)["requestParameters"]
            #expect(parameters?["forceOverwriteReplicaSecret"] == false)
        }
        try vault.rotate("a", ["RotationRules": ["ScheduleExpression": "rate(4 days)"]])
        #expect(
            try vault.record(of: "RotateSecret")["requestParameters"]?["rotationRules"]?.text
                == #"{"scheduleExpression":"rate(4 days)"}"#
        )
    }

    @Test func `C41: each secret of a batch has a record of what the service read for the caller`()
        throws
    {
        let user = try vault.user("u")
        let ids: JSONValue = [.string(arn), "gone"]
        try vault.call(.batchGetSecretValue, ["SecretIdList": ids], by: user)
        let batch = try vault.record(of: "BatchGetSecretValue")
        let id = batch["requestID"]?.string ?? ""
        let parts = try vault.records(of: "GetSecretValue")
        #expect(
            Set(parts.compactMap { $0["requestID"]?.string }) == ["\(id):\(arn)", "\(id):gone"]
        )
        for part in parts {
            let identity = part["userIdentity"]
            #expect(identity?["arn"]?.string == user.principal.arn)
            #expect(identity?["accessKeyId"] == nil)
            #expect(identity?["invokedBy"] == "secretsmanager.amazonaws.com")
            #expect(part["sourceIPAddress"] == "secretsmanager.amazonaws.com")
            #expect(part["userAgent"] == "secretsmanager.amazonaws.com")
            #expect(part["resources"] == nil)
            #expect(part["tlsDetails"] == nil)
        }
        #expect(batch["userIdentity"]?["accessKeyId"] != nil)
        #expect(batch["userIdentity"]?["invokedBy"] == nil)
    }

    @Test func `C42: a session tells when it began, and the connection its key exchange`() throws {
        let session = try vault.session("worker")
        try vault.call(.describeSecret, ["SecretId": "a"], by: session)
        let record = try vault.record(of: "DescribeSecret")
        let context = record["userIdentity"]?["sessionContext"]
        #expect(context?.names == ["sessionIssuer", "attributes"])
        #expect(context?["attributes"]?["mfaAuthenticated"] == "false")
        let date = context?["attributes"]?["creationDate"]?.string ?? ""
        #expect(date.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
        let details = record["tlsDetails"]
        #expect(details?["keyExchange"] == "X25519MLKEM768")
        #expect(details?["tlsVersion"] == "TLSv1.3")
        let host = "secretsmanager.us-east-1.amazonaws.com"
        #expect(details?["clientProvidedHostHeader"]?.string == host)
        #expect(record.names?.last == "tlsDetails")
    }

    // MARK: Events

    /// The events of EventBridge's own, oldest first.
    private func nativeEvents() throws -> [JSONValue] {
        try vault.labelEvents().map { record in
            let event = EventBridgeEvent(AuditEntry(sequence: 1, record: record))
            return try JSONParser.parse(event?.jsonBytes() ?? [])
        }
    }

    @Test func `C43: a label that moves to another version is an event of its own`() throws {
        try vault.put("two", on: "a", token: version("2"))
        let event = try #require(try nativeEvents().first)
        #expect(try nativeEvents().count == 1)
        #expect(event["detail-type"] == "Secret Label Updated")
        #expect(event["source"] == "aws.secretsmanager")
        #expect(event["resources"]?.text == #"["\#(arn)"]"#)
        #expect(
            event["detail"]?.text
                == #"{"name":"a","labelUpdated":"AWSCURRENT","versionId":"\#(version("2"))"}"#
        )
        #expect(try vault.events("EventName", "SecretLabelUpdated").isEmpty)
    }

    @Test func `C43: so is one of one's own, but none that says where a version is on its way`()
        throws
    {
        func move(_ label: String, to version: String, from other: String? = nil) throws {
            var members: JSONValue = ["SecretId": "a", "VersionStage": "\(label)"]
            members.set("MoveToVersionId", .string(version))
            if let other { members.set("RemoveFromVersionId", .string(other)) }
            try vault.call(.updateSecretVersionStage, members)
        }
        try vault.put("two", on: "a", token: version("2"), stages: ["AWSPENDING", "BLUE"])
        #expect(try nativeEvents().isEmpty)
        try move("BLUE", to: version("1"), from: version("2"))
        try move("AWSPENDING", to: version("1"), from: version("2"))
        try move("AWSCURRENT", to: version("2"), from: version("1"))
        try move("AWSCURRENT", to: version("1"), from: version("2"))
        let told = try nativeEvents().compactMap { $0["detail"]?["labelUpdated"]?.string }
        #expect(told == ["BLUE", "AWSCURRENT", "AWSCURRENT"])
    }

    @Test func `C43: a rotation moves AWSCURRENT with the same event`() throws {
        try vault.rotate("a")
        try vault.finishRotation(of: "a")
        #expect(try nativeEvents().compactMap { $0["detail"]?["name"] } == ["a"])
    }

    @Test func `C43: the copy of a label that moves is an event in the replica's region`() throws {
        try vault.replicate("a", to: "eu-west-1")
        try vault.put("two", on: "a", token: version("2"))
        let events = try nativeEvents()
        #expect(
            Set(events.compactMap { $0["region"]?.string }) == ["us-east-1", "eu-west-1"]
        )
        let copy = try #require(events.first { $0["region"] == "eu-west-1" })
        #expect(
            copy["resources"]?.text == #"["\#(arn.replacing("us-east-1", with: "eu-west-1"))"]"#
        )
        #expect(copy["detail"]?["labelUpdated"] == "AWSCURRENT")
        #expect(copy["detail"]?["versionId"]?.string == version("2"))
        #expect(events.count == 2)
    }

    // MARK: Look-ups

    @Test(
        arguments: [
            (
                ["LookupAttributes": [["AttributeKey": "ReadOnly", "AttributeValue": "True"]]],
                "InvalidLookupAttributesException"
            ),
            (
                ["LookupAttributes": [["AttributeKey": "ReadOnly", "AttributeValue": ""]]],
                "InvalidLookupAttributesException"
            ),
            (["StartTime": 9_999_999_999], "InvalidTimeRangeException"),
        ] as [(JSONValue, String)]
    )
    func `C92: neither another truth than true and false nor a start in the future makes sense`(
        members: JSONValue,
        code: String
    ) {
        #expect(vault.refusal(of: .cloudTrail(.lookupEvents), members)?.code == code)
    }

    @Test func `C92: a type that there is not and a name that is too long find nothing`() throws {
        #expect(try vault.events("ResourceType", "AWS::Nothing::Here").isEmpty)
        #expect(try vault.events("ResourceName", long(2_000)).isEmpty)
    }
}
