import AWS
import JSON
import TestSupport
import Testing

/// Grants of keys, as they are made, listed and taken back.
@Suite struct GrantTests {
    let vault: ScratchVault
    let keyID: String
    let other = "arn:aws:iam::111122223333:root"

    init() throws {
        vault = try ScratchVault()
        keyID = try vault.createKey()
    }

    private func request(_ others: JSONValue = [:]) -> JSONValue {
        members(
            others,
            and: [
                "KeyId": "\(keyID)", "GranteePrincipal": "\(other)", "Operations": ["Decrypt"],
            ]
        )
    }

    private func list(_ others: JSONValue = [:]) throws -> [JSONValue] {
        try vault.kms(.listGrants, members(others, and: ["KeyId": "\(keyID)"]))["Grants"]?
            .elements ?? []
    }

    @Test func `C71: a grant is made and listed with these members`() throws {
        vault.clock.advance(milliseconds: 1_999)
        let made = try vault.kms(
            .createGrant,
            request([
                "Name": "app", "RetiringPrincipal": "\(other)",
                "Operations": ["Encrypt", "Decrypt", "Encrypt"],
                "Constraints": ["EncryptionContextSubset": ["b": "2", "a": "1"]],
            ])
        )
        #expect(made.names == ["GrantId", "GrantToken"])
        let id = try #require(made["GrantId"]?.string)
        #expect(id.count == 64)
        #expect(id.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        #expect(
            try list().map(\.text) == [
                #"{"Constraints":{"EncryptionContextSubset":{"a":"1","b":"2"}},"#
                    + #""CreationDate":1768471201,"GrantId":"\#(id)","#
                    + #""GranteePrincipal":"\#(other)","#
                    + #""IssuingAccount":"arn:aws:iam::000000000000:root","#
                    + #""KeyId":"\#(keyARN(keyID))","Name":"app","#
                    + #""Operations":["Decrypt","Encrypt"],"RetiringPrincipal":"\#(other)"}"#
            ]
        )
        #expect(try vault.kms(.listGrants, ["KeyId": "\(keyID)"])["Truncated"] == false)
    }

    @Test func `C71: the same under the same name is the same grant`() throws {
        let named = request(["Name": "app"])
        let first = try vault.kms(.createGrant, named)
        #expect(try vault.kms(.createGrant, named)["GrantId"] == first["GrantId"])
        let others: [JSONValue] = [
            ["Name": "other"], ["Name": "app", "Operations": ["Encrypt"]],
            ["Name": "app", "Constraints": ["EncryptionContextEquals": ["a": "1"]]], [:], [:],
        ]
        for other in others {
            #expect(try vault.kms(.createGrant, request(other))["GrantId"] != first["GrantId"])
        }
        #expect(try list().count == 6)
    }

    @Test func `C71: who is granted something must be somebody`() throws {
        try vault.create(.role, "task")
        let nobody = [
            "arn:aws:iam::000000000000:role/nobody", "arn:aws:iam::000000000000:user/task",
            "arn:aws:sts::000000000000:assumed-role/nobody/session",
        ]
        for arn in nobody {
            for member in ["GranteePrincipal", "RetiringPrincipal"] {
                var request = request()
                request.set(member, "\(arn)")
                #expect(
                    vault.refusal(ofKMS: .createGrant, request)
                        == Refusal(
                            "InvalidArnException",
                            "ARN does not refer to a valid principal: \(arn)"
                        )
                )
            }
        }
        for text in ["task", "arn:aws:s3:::bucket", "arn:aws:iam::000000000000:policy/task", "*"] {
            let refused = vault.refusal(
                ofKMS: .createGrant,
                request(["GranteePrincipal": "\(text)"])
            )
            guard text != "*" else {
                #expect(refused?.code == "ValidationException")
                continue
            }
            #expect(refused == Refusal("InvalidArnException", "ARN is not valid: \(text)"))
        }
        for arn in [
            "arn:aws:iam::000000000000:role/task",
            "arn:aws:sts::000000000000:assumed-role/task/session",
            "arn:aws:iam::999999999999:role/of-an-account-that-nobody-knows",
        ] {
            let request = request(["GranteePrincipal": "\(arn)"])
            #expect(vault.refusal(ofKMS: .createGrant, request) == nil)
        }
    }

    @Test func `C71: a grantee whose role was deleted is shown by its unique id`() throws {
        let role = try vault.create(.role, "task")
        let id = try #require(role["RoleId"]?.string)
        let arns = [
            "arn:aws:iam::000000000000:role/task",
            "arn:aws:sts::000000000000:assumed-role/task/session",
        ]
        for arn in arns {
            try vault.kms(
                .createGrant,
                request(["GranteePrincipal": "\(arn)", "RetiringPrincipal": "\(arn)"])
            )
        }
        func shown(_ member: String) throws -> Set<String> {
            Set(try list().compactMap { $0[member]?.string })
        }
        #expect(try shown("GranteePrincipal") == Set(arns))
        try vault.iam(.deleteRole, ["RoleName": "task"])
        #expect(try shown("GranteePrincipal") == [id, "\(id):session"])
        // Whoever has the name next is somebody else.
        try vault.create(.role, "task")
        #expect(try shown("GranteePrincipal") == [id, "\(id):session"])
        #expect(try shown("RetiringPrincipal") == [id, "\(id):session"])
    }

    @Test func `Grants are listed in pages, by grantee and by id`() throws {
        let service = "ecs-tasks.amazonaws.com"
        for _ in 0..<5 { try vault.kms(.createGrant, request()) }
        try vault.kms(
            .createGrant,
            [
                "KeyId": "\(keyID)", "GranteeServicePrincipal": "\(service)",
                "Operations": ["Decrypt"],
            ]
        )
        var ids: [String] = []
        var marker: JSONValue = nil
        repeat {
            let page = try vault.kms(
                .listGrants,
                ["KeyId": "\(keyID)", "Limit": 4, "Marker": marker]
            )
            ids += page["Grants"]?.elements?.compactMap { $0["GrantId"]?.string } ?? []
            marker = page["NextMarker"] ?? .null
        } while marker != nil
        #expect(ids.count == 6)
        #expect(Set(ids).count == 6)
        #expect(try list(["GranteePrincipal": "\(other)"]).count == 5)
        #expect(try list(["GranteeServicePrincipal": "\(service)"]).count == 1)
        #expect(try list(["GrantId": "\(ids[2])"]).map { $0["GrantId"]?.string } == [ids[2]])
        #expect(try list(["GrantId": "\(String(repeating: "0", count: 64))"]).isEmpty)
        #expect(
            vault.refusal(ofKMS: .listGrants, ["KeyId": "\(keyID)", "GrantId": "x"])?.code
                == "InvalidGrantIdException"
        )
    }

    @Test func `C71: a grant is retired by its token or its id, and revoked`() throws {
        let grants = try (0..<3).map { _ in try vault.kms(.createGrant, request()) }
        let byToken: JSONValue = ["GrantToken": grants[0]["GrantToken"] ?? .null]
        #expect(try vault.kms(.retireGrant, byToken).text == "{}")
        #expect(try list().count == 2)
        for (action, grant) in [(KMSAction.retireGrant, grants[1]), (.revokeGrant, grants[2])] {
            let byID: JSONValue = [
                "KeyId": "\(keyARN(keyID))", "GrantId": grant["GrantId"] ?? .null,
            ]
            #expect(
                vault.refusal(ofKMS: action, members(["DryRun": true], and: byID))?.code
                    == "DryRunOperationException"
            )
            #expect(try vault.kms(action, byID).text == "{}")
            #expect(vault.refusal(ofKMS: action, byID)?.code == "NotFoundException")
        }
        #expect(try list().isEmpty)
        #expect(vault.refusal(ofKMS: .retireGrant, byToken)?.code == "NotFoundException")
    }

    @Test func `What names no grant, or two, is refused`() throws {
        let token = try vault.kms(.createGrant, request())["GrantToken"] ?? .null
        let rows: [(JSONValue, String)] = [
            ([:], "ValidationException"), (["KeyId": "\(keyID)"], "ValidationException"),
            (["GrantToken": token, "KeyId": "\(keyID)"], "ValidationException"),
            (["GrantToken": "x"], "InvalidGrantTokenException"),
            (["KeyId": "\(keyID)", "GrantId": "x"], "InvalidGrantIdException"),
        ]
        for (request, code) in rows {
            #expect(vault.refusal(ofKMS: .retireGrant, request)?.code == code)
        }
        #expect(try list().count == 1)
    }

    @Test(
        arguments: [
            (["GranteePrincipal": nil], "ValidationException"),
            (["GranteeServicePrincipal": "ecs-tasks.amazonaws.com"], "ValidationException"),
            (["Operations": ["Sign"]], "ValidationException"),
            (["Operations": ["Everything"]], "ValidationException"),
            (["Name": "a b"], "ValidationException"),
            (["GrantTokens": ["not a token"]], "InvalidGrantTokenException"),
            (["Constraints": ["EncryptionContextEquals": ["a": 1]]], "SerializationException"),
        ] as [(JSONValue, String)]
    )
    func `A grant that cannot be is refused`(others: JSONValue, code: String) throws {
        #expect(vault.refusal(ofKMS: .createGrant, request(others))?.code == code)
        #expect(try list().isEmpty)
    }

    @Test func `Those who may retire grants see which, in their account and region`() throws {
        let second = try vault.createKey()
        let mine = "arn:aws:iam::000000000000:root"
        for key in [keyID, second] {
            try vault.kms(
                .createGrant,
                request(["KeyId": "\(key)", "RetiringPrincipal": "\(mine)"])
            )
        }
        try vault.kms(.createGrant, request())
        let retirable = try vault.kms(.listRetirableGrants, ["RetiringPrincipal": "\(mine)"])
        #expect(
            Set(retirable["Grants"]?.elements?.compactMap { $0["KeyId"]?.string } ?? [])
                == [keyARN(keyID), keyARN(second)]
        )
        let elsewhere = try vault.kms(
            .listRetirableGrants,
            ["RetiringPrincipal": "\(mine)"],
            by: .root(region: "eu-west-1")
        )
        #expect(elsewhere["Grants"]?.text == "[]")
        #expect(
            vault.refusal(ofKMS: .listRetirableGrants, ["RetiringPrincipal": "\(other)"])?.code
                == "InvalidArnException"
        )
    }

    @Test func `A token of a grant can be brought along to where keys are used`() throws {
        let token = try vault.kms(.createGrant, request())["GrantToken"] ?? .null
        let sealed = try vault.kms(
            .encrypt,
            ["KeyId": "\(keyID)", "Plaintext": "eA==", "GrantTokens": [token]]
        )
        let blob = sealed["CiphertextBlob"] ?? .null
        #expect(vault.refusal(ofDecrypting: blob, ["GrantTokens": [token]]) == nil)
        #expect(
            vault.refusal(ofDecrypting: blob, ["GrantTokens": ["x"]])?.code
                == "InvalidGrantTokenException"
        )
    }

    @Test func `A key that is destroyed has no grants any more`() throws {
        try vault.kms(.createGrant, request(["RetiringPrincipal": "\(other)"]))
        try vault.bring(keyID, to: .deleted)
        let answer = try vault.kms(
            .listRetirableGrants,
            ["RetiringPrincipal": "\(other)"],
            by: .root(account: "111122223333")
        )
        #expect(answer["Grants"]?.text == "[]")
    }
}
