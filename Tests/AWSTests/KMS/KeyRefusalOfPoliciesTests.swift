import AWS
import JSON
import TestSupport
import Testing

/// What KMS says to whom policies do not permit something, and which condition keys they can look at.
@Suite struct KeyRefusalOfPoliciesTests {
    let vault: ScratchVault
    let keyID: String

    init() throws {
        vault = try ScratchVault(authorization: .enforce)
        keyID = try vault.createKey(alias: "alias/app")
    }

    private func text(_ action: KMSAction, _ request: JSONValue, by caller: Caller) -> String? {
        let request = members(request, and: ["KeyId": "\(keyARN(keyID))"])
        return vault.refusal(ofKMS: action, request, by: caller)?.text
    }

    @Test func `C72: a key of one's own account is named, one of another is not`() throws {
        let own = try vault.user("ana")
        #expect(
            text(.describeKey, [:], by: own)
                == "User: arn:aws:iam::000000000000:user/ana is not authorized to perform:"
                + " kms:DescribeKey on resource: \(keyARN(keyID)) because no identity-based policy"
                + " allows the kms:DescribeKey action"
        )
        let other = try vault.user("bo", account: "111122223333")
        for (action, request) in [
            (.describeKey, [:]), (.encrypt, ["Plaintext": "eA=="]),
            (.generateDataKey, ["KeySpec": "AES_256"]), (.listGrants, [:]),
        ] as [(KMSAction, JSONValue)] {
            let permission = "kms:\(action.rawValue)"
            #expect(
                text(action, request, by: other)
                    == "User: arn:aws:iam::111122223333:user/bo is not authorized to perform:"
                    + " \(permission) on this resource because no identity-based policy allows the"
                    + " \(permission) action"
            )
        }
    }

    @Test func `C72: a key policy that forbids is a resource-based policy`() throws {
        let caller = try vault.user("ana", policies: [PolicyDraft.statement("Allow", "kms:*")])
        let policy = #"""
            {"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:root"},
            "Action":"kms:*","Resource":"*"},
            {"Effect":"Deny","Principal":"*","Action":"kms:Encrypt","Resource":"*"}]}
            """#
        try vault.kms(.putKeyPolicy, ["KeyId": "\(keyID)", "Policy": "\(policy)"])
        #expect(
            text(.encrypt, ["Plaintext": "eA=="], by: caller)
                == "User: arn:aws:iam::000000000000:user/ana is not authorized to perform:"
                + " kms:Encrypt on resource: \(keyARN(keyID)) with an explicit deny in a"
                + " resource-based policy"
        )
    }

    /// A condition key, an operation that has it, a request with the value that is asked for, and one
    /// with another value.
    struct Row: Sendable, CustomTestStringConvertible {
        let action: KMSAction
        let condition: String
        let fits: JSONValue
        /// Nil for a key that has one value only.
        var differs: JSONValue?

        var testDescription: String { "\(action) \(condition)" }
    }

    private static func equal(_ key: String, _ value: String) -> String {
        #"{"StringEquals":{"\#(key)":"\#(value)"}}"#
    }

    private static func number(_ key: String, _ value: Int) -> String {
        #"{"NumericEquals":{"\#(key)":"\#(value)"}}"#
    }

    private static let grant: JSONValue = [
        "GranteePrincipal": "arn:aws:iam::111122223333:root", "Operations": ["Decrypt"],
    ]

    private static func grant(_ others: JSONValue) -> JSONValue { members(others, and: grant) }

    static let rows = [
        Row(
            action: .encrypt,
            condition: equal("kms:EncryptionContext:app", "shop"),
            fits: ["Plaintext": "eA==", "EncryptionContext": ["app": "shop", "more": "1"]],
            differs: ["Plaintext": "eA==", "EncryptionContext": ["app": "other"]]
        ),
        Row(
            action: .generateDataKey,
            condition: #"{"ForAllValues:StringEquals":{"kms:EncryptionContextKeys":["app"]}}"#,
            fits: ["KeySpec": "AES_256", "EncryptionContext": ["app": "shop"]],
            differs: ["KeySpec": "AES_256", "EncryptionContext": ["app": "shop", "more": "1"]]
        ),
        Row(
            action: .generateDataKeyWithoutPlaintext,
            condition: #"{"Null":{"kms:EncryptionContextKeys":"false"}}"#,
            fits: ["KeySpec": "AES_256", "EncryptionContext": ["app": "shop"]],
            differs: ["KeySpec": "AES_256"]
        ),
        Row(
            action: .encrypt,
            condition: equal("kms:RequestAlias", "alias/app"),
            fits: ["Plaintext": "eA==", "KeyId": "alias/app"],
            differs: ["Plaintext": "eA=="]
        ),
        Row(
            action: .describeKey,
            condition: equal("kms:RequestAlias", "alias/app"),
            fits: ["KeyId": "arn:aws:kms:us-east-1:000000000000:alias/app"],
            differs: [:]
        ),
        Row(
            action: .encrypt,
            condition: equal("kms:EncryptionAlgorithm", "SYMMETRIC_DEFAULT"),
            fits: ["Plaintext": "eA=="],
            differs: ["Plaintext": "eA==", "EncryptionAlgorithm": "SM2PKE"]
        ),
        Row(
            action: .createGrant,
            condition: equal("kms:GranteePrincipal", "arn:aws:iam::111122223333:root"),
            fits: grant,
            differs: grant(["GranteePrincipal": "arn:aws:iam::444455556666:root"])
        ),
        Row(
            action: .createGrant,
            condition: equal("kms:RetiringPrincipal", "arn:aws:iam::111122223333:root"),
            fits: grant(["RetiringPrincipal": "arn:aws:iam::111122223333:root"]),
            differs: grant
        ),
        Row(
            action: .createGrant,
            condition: #"{"ForAllValues:StringEquals":{"kms:GrantOperations":["Decrypt"]}}"#,
            fits: grant,
            differs: grant(["Operations": ["Decrypt", "Encrypt"]])
        ),
        Row(
            action: .createGrant,
            condition: equal("kms:GrantConstraintType", "EncryptionContextSubset"),
            fits: grant(["Constraints": ["EncryptionContextSubset": ["a": "b"]]]),
            differs: grant(["Constraints": ["EncryptionContextEquals": ["a": "b"]]])
        ),
        Row(
            action: .createGrant,
            condition: equal("kms:EncryptionContext:a", "b"),
            fits: grant(["Constraints": ["EncryptionContextEquals": ["a": "b"]]]),
            differs: grant
        ),
        Row(
            action: .createGrant,
            condition: #"{"Bool":{"kms:GrantIsForAWSResource":"false"}}"#,
            fits: grant
        ),
        Row(
            action: .enableKeyRotation,
            condition: number("kms:RotationPeriodInDays", 90),
            fits: ["RotationPeriodInDays": 90],
            differs: ["RotationPeriodInDays": 91]
        ),
        Row(
            action: .scheduleKeyDeletion,
            condition: number("kms:ScheduleKeyDeletionPendingWindowInDays", 30),
            fits: [:],
            differs: ["PendingWindowInDays": 7]
        ),
        Row(
            action: .putKeyPolicy,
            condition: #"{"Bool":{"kms:BypassPolicyLockoutSafetyCheck":"true"}}"#,
            fits: ["Policy": "\(Furniture.keyPolicy)", "BypassPolicyLockoutSafetyCheck": true],
            differs: ["Policy": "\(Furniture.keyPolicy)"]
        ),
        Row(
            action: .tagResource,
            condition: equal("aws:RequestTag/team", "a"),
            fits: ["Tags": [["TagKey": "team", "TagValue": "a"]]],
            differs: ["Tags": [["TagKey": "team", "TagValue": "b"]]]
        ),
        Row(
            action: .untagResource,
            condition: #"{"ForAllValues:StringEquals":{"aws:TagKeys":["team"]}}"#,
            fits: ["TagKeys": ["team"]],
            differs: ["TagKeys": ["team", "other"]]
        ),
        Row(
            action: .createKey,
            condition: equal("kms:KeySpec", "SYMMETRIC_DEFAULT"),
            fits: [:],
            differs: ["KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"]
        ),
        Row(
            action: .createKey,
            condition: #"{"Bool":{"kms:MultiRegion":"false"}}"#,
            fits: [:],
            differs: ["MultiRegion": true]
        ),
    ]

    @Test(arguments: rows)
    func `An Allow opens, and a Deny hits, by what a request says`(row: Row) throws {
        let permission = "kms:\(row.action.rawValue)"
        let allowed = try vault.user(
            "allowed",
            policies: [PolicyDraft.statement("Allow", permission, if: row.condition)]
        )
        let denied = try vault.user(
            "denied",
            policies: [
                PolicyDraft.statement("Allow", "kms:*"),
                PolicyDraft.statement("Deny", permission, if: row.condition),
            ]
        )
        for (caller, sent) in [(denied, row.fits), (allowed, row.differs)] {
            guard let sent else { continue }
            let request = members(sent, and: ["KeyId": "\(keyID)"])
            #expect(
                vault.refusal(ofKMS: row.action, request, by: caller)?.code
                    == "AccessDeniedException"
            )
        }
        for (caller, sent) in [(denied, row.differs), (allowed, row.fits)] {
            guard let sent else { continue }
            let request = members(sent, and: ["KeyId": "\(keyID)"])
            #expect(
                vault.refusal(ofKMS: row.action, request, by: caller)?.code
                    != "AccessDeniedException"
            )
        }
    }

    @Test func `CreateKey with tags asks for kms:TagResource too`() throws {
        let request: JSONValue = ["Tags": [["TagKey": "team", "TagValue": "a"]]]
        let maker = try vault.user(
            "maker",
            policies: [PolicyDraft.statement("Allow", "kms:CreateKey")]
        )
        #expect(vault.refusal(ofKMS: .createKey, by: maker) == nil)
        #expect(
            vault.refusal(ofKMS: .createKey, request, by: maker)?.text?.contains(
                "is not authorized to perform: kms:TagResource"
            ) == true
        )
        let tagger = try vault.user(
            "tagger",
            policies: [
                PolicyDraft.statement("Allow", "kms:CreateKey"),
                PolicyDraft.statement(
                    "Allow",
                    "kms:TagResource",
                    on: "arn:aws:kms:*:000000000000:key/*",
                    if: Self.equal("aws:RequestTag/team", "a")
                ),
            ]
        )
        #expect(vault.refusal(ofKMS: .createKey, request, by: tagger) == nil)
    }

    @Test func `Whether ReEncrypt stays under its key can be asked of both keys`() throws {
        let other = try vault.createKey()
        let ciphertext = try vault.encrypt("x", under: keyID)
        let same = #"{"Bool":{"kms:ReEncryptOnSameKey":"true"}}"#
        let caller = try vault.user(
            "ana",
            policies: [
                PolicyDraft.statement("Allow", "kms:ReEncryptFrom", "kms:ReEncryptTo", if: same)
            ]
        )
        func code(to keyID: String) -> String? {
            let request: JSONValue = [
                "CiphertextBlob": ciphertext, "DestinationKeyId": "\(keyID)",
            ]
            return vault.refusal(ofKMS: .reEncrypt, request, by: caller)?.code
        }
        #expect(code(to: keyID) == nil)
        #expect(code(to: other) == "AccessDeniedException")
    }

    @Test func `What no key has sealed is no ciphertext for whoever may decrypt nothing`() throws {
        let caller = try vault.user("ana")
        #expect(vault.refusal(ofDecrypting: "eA==", by: caller) == .invalidCiphertext)
    }
}
