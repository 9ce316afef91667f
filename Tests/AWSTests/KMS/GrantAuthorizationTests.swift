import AWS
import JSON
import TestSupport
import Testing

/// What grants are worth where permissions are asked for.
@Suite struct GrantAuthorizationTests {
    let vault: ScratchVault
    let keyID: String

    init() throws {
        vault = try ScratchVault(authorization: .enforce)
        keyID = try vault.createKey()
    }

    private static let secretsOnly = PolicyDraft.statement("Allow", "secretsmanager:*")

    @discardableResult
    private func grant(
        _ principal: String,
        _ operations: [String] = ["Encrypt"],
        _ others: JSONValue = [:]
    ) throws -> JSONValue {
        try vault.kms(
            .createGrant,
            members(
                others,
                and: [
                    "KeyId": "\(keyID)", "GranteePrincipal": "\(principal)",
                    "Operations": .array(operations.map { "\($0)" }),
                ]
            )
        )
    }

    private func mayEncrypt(_ caller: Caller, _ context: JSONValue = [:]) -> Bool {
        vault.refusal(
            ofKMS: .encrypt,
            [
                "KeyId": "\(keyARN(keyID))", "Plaintext": "eA==", "EncryptionContext": context,
            ],
            by: caller
        ) == nil
    }

    @Test func `A grant allows its operations to its grantee, and nothing else`() throws {
        let ana = try vault.user("ana")
        let bo = try vault.user("bo")
        let made = try grant(ana.principal.arn, ["Encrypt", "DescribeKey"])
        #expect(mayEncrypt(ana))
        #expect(!mayEncrypt(bo))
        #expect(vault.refusal(ofKMS: .describeKey, ["KeyId": "\(keyID)"], by: ana) == nil)
        let ciphertext = try vault.encrypt("x", under: keyID)
        #expect(
            vault.refusal(ofDecrypting: ciphertext, by: ana)?.code == "AccessDeniedException"
        )
        let other = try vault.createKey()
        #expect(
            vault.refusal(ofKMS: .describeKey, ["KeyId": "\(other)"], by: ana)?.code
                == "AccessDeniedException"
        )
        try vault.kms(
            .revokeGrant,
            ["KeyId": "\(keyID)", "GrantId": made["GrantId"] ?? .null]
        )
        #expect(!mayEncrypt(ana))
    }

    @Test(arguments: ["Allow", "Deny"])
    func `C54: what a grant was made for is asked about when it is retired`(effect: String) throws {
        let subset: JSONValue = ["Constraints": ["EncryptionContextSubset": ["team": "red"]]]
        let tests = [
            #"{"StringEquals":{"kms:GrantConstraintType":"EncryptionContextSubset"}}"#,
            #"{"StringEquals":{"kms:EncryptionContext:team":"red"}}"#,
        ]
        for (number, condition) in tests.enumerated() {
            let statement = PolicyDraft.statement(effect, "kms:RetireGrant", if: condition)
            let all = PolicyDraft.statement("Allow", "kms:RetireGrant")
            let caller = try vault.user(
                "retires-\(number)",
                policies: effect == "Deny" ? [all, statement] : [statement]
            )
            func isRetired(_ others: JSONValue) throws -> Bool {
                let made = try grant(caller.principal.arn, ["Encrypt"], others)
                let named: JSONValue = ["GrantToken": made["GrantToken"] ?? .null]
                return vault.refusal(ofKMS: .retireGrant, named, by: caller) == nil
            }
            #expect(try isRetired(subset) == (effect == "Allow"))
            #expect(try isRetired([:]) == (effect == "Deny"))
        }
    }

    @Test func `ReEncrypt is granted by its two halves`() throws {
        let ana = try vault.user("ana")
        let ciphertext = try vault.encrypt("x", under: keyID)
        func refused() -> String? {
            vault.refusal(
                ofKMS: .reEncrypt,
                ["CiphertextBlob": ciphertext, "DestinationKeyId": "\(keyID)"],
                by: ana
            )?.text
        }
        #expect(refused()?.contains("kms:ReEncryptFrom") == true)
        try grant(ana.principal.arn, ["ReEncryptFrom"])
        #expect(refused()?.contains("kms:ReEncryptTo") == true)
        try grant(ana.principal.arn, ["ReEncryptTo"])
        #expect(refused() == nil)
    }

    @Test func `C71: a grant to a role is limited by boundary and session policy`() throws {
        let free = try vault.session("free")
        let bounded = try vault.session("bounded", boundary: Self.secretsOnly)
        let narrowed = try vault.session("narrowed", sessionPolicies: [Self.secretsOnly])
        for caller in [free, bounded, narrowed] { try grant(caller.principal.holderARN) }
        #expect(mayEncrypt(free))
        #expect(!mayEncrypt(bounded))
        #expect(!mayEncrypt(narrowed))
    }

    @Test func `C71: a grant to a session is limited by explicit denies alone`() throws {
        let bounded = try vault.session("bounded", boundary: Self.secretsOnly)
        let narrowed = try vault.session("narrowed", sessionPolicies: [Self.secretsOnly])
        let denied = try vault.session(
            "denied",
            sessionPolicies: [
                PolicyDraft.statement("Allow", "*"),
                PolicyDraft.statement("Deny", "kms:Encrypt"),
            ]
        )
        for caller in [bounded, narrowed, denied] { try grant(caller.principal.arn) }
        #expect(mayEncrypt(bounded))
        #expect(mayEncrypt(narrowed))
        #expect(!mayEncrypt(denied))
    }

    @Test func `C71: a role that is made anew does not have what its former had`() throws {
        let ana = try vault.user("ana")
        try grant(ana.principal.arn)
        try vault.iam(.deleteUser, ["UserName": "ana"])
        try vault.iam(.createUser, ["UserName": "ana"])
        let id = try vault.iam(.getUser, ["UserName": "ana"])["User"]?["UserId"]?.string
        let anew = Caller(
            scope: ana.scope,
            principal: CallerPrincipal(
                .user,
                arn: ana.principal.arn,
                holderARN: ana.principal.arn,
                holderUniqueID: id,
                userName: "ana"
            ),
            accessKeyID: ana.accessKeyID,
            requestID: ana.requestID,
            sourceAddress: ana.sourceAddress,
            userAgent: ana.userAgent
        )
        #expect(mayEncrypt(ana))
        #expect(!mayEncrypt(anew))
    }

    @Test func `Another account's principal needs its own policy besides the grant`() throws {
        let without = try vault.user("without", account: "111122223333")
        let with = try vault.user(
            "with",
            account: "111122223333",
            policies: [PolicyDraft.statement("Allow", "kms:Encrypt")]
        )
        #expect(!mayEncrypt(with))
        for caller in [without, with] { try grant(caller.principal.arn) }
        #expect(!mayEncrypt(without))
        #expect(mayEncrypt(with))
    }

    @Test func `A grant to an account is for whom that account permits it`() throws {
        let without = try vault.user("without", account: "111122223333")
        let with = try vault.user(
            "with",
            account: "111122223333",
            policies: [PolicyDraft.statement("Allow", "kms:Encrypt")]
        )
        try grant("arn:aws:iam::111122223333:root")
        #expect(!mayEncrypt(without))
        #expect(mayEncrypt(with))
    }

    @Test func `C71: constraints look at the encryption context, capitals and all`() throws {
        let subset = try vault.user("subset")
        let equals = try vault.user("equals")
        try grant(
            subset.principal.arn,
            ["Encrypt"],
            ["Constraints": ["EncryptionContextSubset": ["app": "shop"]]]
        )
        try grant(
            equals.principal.arn,
            ["Encrypt"],
            ["Constraints": ["EncryptionContextEquals": ["app": "shop"]]]
        )
        let rows: [(JSONValue, Bool, Bool)] = [
            (["app": "shop"], true, true), (["app": "shop", "more": "1"], true, false),
            ([:], false, false), (["app": "other"], false, false),
            (["App": "shop"], false, false), (["app": "Shop"], false, false),
        ]
        for (context, isSubset, isEqual) in rows {
            #expect(mayEncrypt(subset, context) == isSubset, "\(context.text)")
            #expect(mayEncrypt(equals, context) == isEqual, "\(context.text)")
        }
    }

    @Test func `Who may hand a grant on, hands on no more than it has`() throws {
        let ana = try vault.user("ana")
        let bo = try vault.user("bo")
        try grant(
            ana.principal.arn,
            ["CreateGrant", "Encrypt"],
            ["Constraints": ["EncryptionContextSubset": ["app": "shop"]]]
        )
        func refused(_ operations: JSONValue, _ constraints: JSONValue) -> String? {
            vault.refusal(
                ofKMS: .createGrant,
                [
                    "KeyId": "\(keyID)", "GranteePrincipal": "\(bo.principal.arn)",
                    "Operations": operations, "Constraints": constraints,
                ],
                by: ana
            )?.code
        }
        let narrow: JSONValue = ["EncryptionContextEquals": ["app": "shop"]]
        #expect(refused(["Encrypt"], narrow) == nil)
        #expect(refused(["Encrypt", "Decrypt"], narrow) == "AccessDeniedException")
        #expect(refused(["Encrypt"], [:]) == "AccessDeniedException")
        #expect(mayEncrypt(bo, ["app": "shop"]))
    }

    @Test func `A grant is retired by whom it names, by a grantee who may, and by policy`() throws {
        let grantee = try vault.user("grantee")
        let retiring = try vault.user("retiring")
        let permitted = try vault.user(
            "permitted",
            policies: [PolicyDraft.statement("Allow", "kms:RetireGrant")]
        )
        let nobody = try vault.user("nobody")
        func made(_ operations: [String]) throws -> JSONValue {
            try grant(
                grantee.principal.arn,
                operations,
                ["RetiringPrincipal": "\(retiring.principal.arn)"]
            )
        }
        let rows: [(Caller, [String], Bool)] = [
            (grantee, ["Encrypt"], false), (grantee, ["Encrypt", "RetireGrant"], true),
            (retiring, ["Encrypt"], true), (permitted, ["Encrypt"], true),
            (nobody, ["Encrypt", "RetireGrant"], false),
        ]
        for (caller, operations, isAllowed) in rows {
            let token = try made(operations)["GrantToken"] ?? .null
            let refused = vault.refusal(ofKMS: .retireGrant, ["GrantToken": token], by: caller)
            #expect((refused == nil) == isAllowed, "\(caller.principal.arn) \(operations)")
        }
    }

    @Test func `A secret under the key opens for whom a grant lets decrypt`() throws {
        let arn = try vault.create("shared", ["KmsKeyId": "\(keyID)"])
        let reader = try vault.user("reader", policies: [Self.secretsOnly])
        func refused() -> Refusal? {
            vault.refusal(of: .getSecretValue, ["SecretId": "\(arn)"], by: reader)
        }
        #expect(refused() == .noAccessToKMS)
        try grant(
            reader.principal.arn,
            ["Decrypt"],
            ["Constraints": ["EncryptionContextSubset": ["SecretARN": "\(arn)"]]]
        )
        #expect(refused() == nil)
    }
}
