import AWS
import JSON
import TestSupport
import Testing

/// What CloudTrail holds of the services beside Secrets Manager.
@Suite struct RecordedNeighbourTrailTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test func `C93: a user that was made is told, and found by name, id and ARN`() throws {
        let made = try vault.create(.user, "u")
        let record = try vault.record(of: "CreateUser")
        let user = record["responseElements"]?["user"]
        #expect(
            Set(user?.names ?? []) == ["path", "userName", "userId", "arn", "createDate"]
        )
        #expect(user?["userName"] == "u")
        #expect(user?["arn"] == made["Arn"])
        #expect(record["resources"] == nil)
        let event = try #require(try vault.events("EventName", "CreateUser").first)
        let names = ["u", made["UserId"]?.string ?? "", made["Arn"]?.string ?? ""]
        #expect(event.resources == names.map { "AWS::IAM::User \($0)" })
        #expect(try vault.events("ResourceName", names[2]).count == 1)
    }

    @Test func `C93: an access key is told without its secret, and found with its user`() throws {
        try vault.create(.user, "u")
        let id = try vault.createAccessKey(of: "u")
        let record = try vault.record(of: "CreateAccessKey")
        let key = record["responseElements"]?["accessKey"]
        #expect(
            Set(key?.names ?? []) == ["userName", "accessKeyId", "status", "createDate"]
        )
        #expect(key?["accessKeyId"]?.string == id)
        let event = try #require(try vault.events("EventName", "CreateAccessKey").first)
        #expect(Set(event.resources) == ["AWS::IAM::AccessKey \(id)", "AWS::IAM::User u"])
        try vault.iam(.deleteAccessKey, ["UserName": "u", "AccessKeyId": .string(id)])
        let gone = try #require(try vault.events("EventName", "DeleteAccessKey").first)
        #expect(Set(gone.resources) == ["AWS::IAM::AccessKey \(id)", "AWS::IAM::User u"])
        #expect(try vault.record(of: "DeleteAccessKey")["responseElements"] == .null)
    }

    @Test func `C93: reads, updates and deletions keep no answer, and reads name nobody`() throws {
        try vault.create(.user, "u")
        try vault.iam(.getUser, ["UserName": "u"])
        try vault.iam(.updateUser, ["UserName": "u", "NewPath": "/p/"])
        try vault.iam(.deleteUser, ["UserName": "u"])
        for name in ["GetUser", "UpdateUser", "DeleteUser"] {
            #expect(try vault.record(of: name)["responseElements"] == .null)
        }
        #expect(try vault.events("EventName", "GetUser").first?.resources == [])
        let gone = try vault.events("EventName", "DeleteUser").first
        #expect(gone?.resources == ["AWS::IAM::User u"])
    }

    @Test func `C93: an error has the name of the exception, where the answer has a shorter one`()
        throws
    {
        #expect(vault.refusal(of: .iam(.getUser), ["UserName": "gone"])?.code == "NoSuchEntity")
        #expect(try vault.record(of: "GetUser")["errorCode"] == "NoSuchEntityException")
        try vault.create(.user, "u")
        _ = vault.refusal(of: .iam(.createUser), ["UserName": "u"])
        #expect(try vault.record(of: "CreateUser")["errorCode"] == "EntityAlreadyExistsException")
        #expect(try vault.record(of: "CreateUser")["responseElements"] == .null)
    }

    @Test func `C42: a role that is assumed is named, and no secret of its session`() throws {
        let role = try vault.create(
            .role,
            "task",
            ["AssumeRolePolicyDocument": "\(IAMDocument.ownAccount)"]
        )["Arn"]?.string
        let answer = try vault.assume(role ?? "")
        let record = try vault.record(of: "AssumeRole")
        #expect(record["resources"]?[0]?["ARN"]?.string == role)
        #expect(record["resources"]?[0]?["type"] == "AWS::IAM::Role")
        #expect(record["readOnly"] == true)
        let told = record["responseElements"]
        #expect(told?["credentials"]?.names == ["accessKeyId", "expiration"])
        let key = answer["Credentials"]?["AccessKeyId"]?.string ?? ""
        #expect(told?["credentials"]?["accessKeyId"]?.string == key)
        #expect(try vault.events("ResourceName", key).count == 1)
    }

    @Test func `A key that is made or changed is told by its ARN`() throws {
        let id = try vault.createKey()
        try vault.kms(.disableKey, ["KeyId": .string(id)])
        try vault.kms(.describeKey, ["KeyId": .string(id)])
        let made = try vault.record(of: "CreateKey")["responseElements"]?["keyMetadata"]
        #expect(made?["arn"]?.string == keyARN(id))
        #expect(made?["creationDate"]?.string?.hasSuffix("M") == true)
        #expect(
            try vault.record(of: "DisableKey")["responseElements"]?.text
                == #"{"keyId":"\#(keyARN(id))"}"#
        )
        #expect(try vault.record(of: "DescribeKey")["responseElements"] == .null)
        for name in ["CreateKey", "DisableKey", "DescribeKey"] {
            #expect(
                try vault.record(of: name)["resources"]?[0]?["ARN"]?.string == keyARN(id)
            )
        }
    }

    @Test func `What ECS made is told without the values of environments`() throws {
        try vault.ecs(.createCluster, ["clusterName": "c"])
        let told = try vault.record(of: "CreateCluster")["responseElements"]
        #expect(told?["cluster"]?["clusterName"] == "c")
        let container: JSONValue = [
            "name": "web", "image": "i", "memory": 64,
            "environment": [["name": "PASSWORD", "value": "hunter2"]],
        ]
        try vault.ecs(
            .registerTaskDefinition,
            ["family": "f", "containerDefinitions": [container]]
        )
        let record = try vault.record(of: "RegisterTaskDefinition")
        #expect(record["responseElements"]?["taskDefinition"]?["family"] == "f")
        #expect(!record.jsonText().contains("hunter2"))
    }
}
