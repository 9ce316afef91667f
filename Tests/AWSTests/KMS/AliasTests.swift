import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite struct AliasTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    /// The names of a list, in its order.
    private func names(_ members: JSONValue = [:]) throws -> [String?] {
        let list = try vault.kms(.listAliases, members)["Aliases"]?.elements ?? []
        return list.map { $0["AliasName"]?.string }
    }

    @Test func `An alias is listed with its ARN, its key and its dates`() throws {
        let keyID = try vault.createKey(alias: "alias/app")
        let alias = try vault.kms(.listAliases, ["KeyId": .string(keyID)])
        #expect(
            alias.text
                == #"{"Aliases":[{"AliasArn":"arn:aws:kms:us-east-1:000000000000:alias/app","#
                + #""AliasName":"alias/app","CreationDate":1768471200,"#
                + #""LastUpdatedDate":1768471200,"TargetKeyId":"\#(keyID)"}],"Truncated":false}"#
        )
    }

    @Test func `An alias exists once in an account and region`() throws {
        let keyID = try vault.createKey(alias: "alias/app")
        #expect(
            vault.refusal(
                ofKMS: .createAlias,
                ["AliasName": "alias/app", "TargetKeyId": .string(keyID)]
            )
                == Refusal(
                    "AlreadyExistsException",
                    "An alias with the name arn:aws:kms:us-east-1:000000000000:alias/app already"
                        + " exists"
                )
        )
        try vault.createKey(alias: "alias/app", by: europe)
    }

    @Test func `An alias is moved to another key and taken away`() throws {
        let first = try vault.createKey(alias: "alias/app")
        let second = try vault.createKey()
        vault.clock.advance(milliseconds: 60_000)
        try vault.kms(.updateAlias, ["AliasName": "alias/app", "TargetKeyId": .string(second)])
        #expect(try vault.describeKey("alias/app")["KeyId"]?.string == second)
        #expect(try names(["KeyId": .string(first)]).isEmpty)
        let alias = try vault.kms(.listAliases, ["KeyId": .string(second)])["Aliases"]?.elements?
            .first
        #expect(alias?["CreationDate"]?.text == "1768471200")
        #expect(alias?["LastUpdatedDate"]?.text == "1768471260")
        try vault.kms(.deleteAlias, ["AliasName": "alias/app"])
        #expect(try names(["KeyId": .string(second)]).isEmpty)
    }

    @Test func `A key has at most 50 aliases`() throws {
        let keyID = try vault.createKey()
        for number in 0..<50 {
            let name = "alias/\(number)"
            try vault.kms(
                .createAlias,
                ["AliasName": .string(name), "TargetKeyId": .string(keyID)]
            )
        }
        let refusal = vault.refusal(
            ofKMS: .createAlias,
            ["AliasName": "alias/x", "TargetKeyId": .string(keyID)]
        )
        #expect(refusal?.code == "LimitExceededException")
    }

    @Test func `Aliases come by name in pages, AWS's own among them`() throws {
        for name in ["alias/z", "alias/a", "alias/b"] { try vault.createKey(alias: name) }
        #expect(try names() == ["alias/a", "alias/aws/secretsmanager", "alias/b", "alias/z"])
        var members: JSONValue = ["Limit": 1]
        for expected in ["alias/a", "alias/aws/secretsmanager", "alias/b", "alias/z"] {
            #expect(try names(members) == [expected])
            let marker = try vault.kms(.listAliases, members)["NextMarker"]
            if let marker { members.set("Marker", marker) }
            #expect((marker == nil) == (expected == "alias/z"))
        }
    }

    @Test func `The AWS managed key is there when it is first used`() throws {
        let before = try vault.kms(.listAliases)["Aliases"]?.elements?.first
        #expect(before?["TargetKeyId"] == nil)
        #expect(try vault.kms(.listKeys)["Keys"]?.elements?.isEmpty == true)
        try vault.create("a")
        let after = try vault.kms(.listAliases)["Aliases"]?.elements?.first
        let keyID = try #require(after?["TargetKeyId"]?.string)
        let key = try vault.describeKey("alias/aws/secretsmanager")
        #expect(key["KeyId"]?.string == keyID)
        #expect(key["KeyManager"]?.string == "AWS")
        #expect(try vault.kms(.listKeys)["Keys"]?.elements?.count == 1)
    }

    @Test func `Whoever describes the AWS managed key uses it first`() throws {
        let key = try vault.describeKey("alias/aws/secretsmanager", by: europe)
        #expect(key["KeyManager"]?.string == "AWS")
        let again = try vault.describeKey("alias/aws/secretsmanager", by: europe)
        #expect(again == key)
        #expect(try vault.kms(.listKeys)["Keys"]?.elements?.isEmpty == true)
    }

    @Test(arguments: [
        KMSAction.disableKey, .enableKey, .scheduleKeyDeletion, .disableKeyRotation,
        .enableKeyRotation,
    ])
    func `Nobody changes the AWS managed key`(_ action: KMSAction) throws {
        let key = try vault.describeKey("alias/aws/secretsmanager")
        let arn = try #require(key["Arn"]?.string)
        #expect(
            vault.refusal(ofKMS: action, ["KeyId": .string(arn)])
                == Refusal(
                    "AccessDeniedException",
                    "User: arn:aws:iam::000000000000:root is not authorized to perform:"
                        + " kms:\(action.rawValue) on resource: \(arn) because no resource-based"
                        + " policy allows the kms:\(action.rawValue) action"
                )
        )
        #expect(try vault.describeKey(arn) == key)
    }
}
