import AWS
import JSON
import TestSupport
import Testing

/// What each operation does to a key in each state, from AWS's table of key states.
@Suite struct KeyStateTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let action: KMSAction
        let members: JSONValue
        let disabled: Verdict
        let pendingDeletion: Verdict

        var testDescription: String { action.rawValue }
    }

    enum Verdict: Sendable {
        case works, isDisabled, isPendingDeletion, isNotPendingDeletion
    }

    static let policy =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","#
        + #""Action":"kms:*","Resource":"*"}]}"#

    static let rows = [
        row(.cancelKeyDeletion, [:], .isNotPendingDeletion, .works),
        row(
            .createGrant,
            [
                "GranteePrincipal": "arn:aws:iam::111122223333:root", "Operations": ["Encrypt"],
            ],
            .isDisabled,
            .isPendingDeletion
        ),
        row(.encrypt, ["Plaintext": "aGk="], .isDisabled, .isPendingDeletion),
        row(.generateDataKey, ["KeySpec": "AES_128"], .isDisabled, .isPendingDeletion),
        row(
            .generateDataKeyWithoutPlaintext,
            ["KeySpec": "AES_128"],
            .isDisabled,
            .isPendingDeletion
        ),
        row(.createAlias, ["AliasName": "alias/new"], .works, .isPendingDeletion),
        row(.describeKey, [:], .works, .works),
        row(.disableKey, [:], .works, .isPendingDeletion),
        row(.disableKeyRotation, [:], .isDisabled, .isPendingDeletion),
        row(.enableKey, [:], .works, .isPendingDeletion),
        row(.enableKeyRotation, [:], .isDisabled, .isPendingDeletion),
        row(.getKeyPolicy, [:], .works, .works),
        row(.getKeyRotationStatus, [:], .works, .works),
        row(.listAliases, [:], .works, .works),
        row(.listGrants, [:], .works, .works),
        row(.listKeyPolicies, [:], .works, .works),
        row(.listKeyRotations, [:], .works, .works),
        row(.listResourceTags, [:], .works, .works),
        row(.putKeyPolicy, ["Policy": .string(policy)], .works, .works),
        row(.rotateKeyOnDemand, [:], .isDisabled, .isPendingDeletion),
        row(.scheduleKeyDeletion, [:], .works, .isPendingDeletion),
        row(.tagResource, ["Tags": [["TagKey": "a", "TagValue": ""]]], .works, .isPendingDeletion),
        row(.untagResource, ["TagKeys": ["a"]], .works, .isPendingDeletion),
        row(.updateAlias, ["AliasName": "alias/other"], .works, .isPendingDeletion),
        row(.updateKeyDescription, ["Description": ""], .works, .isPendingDeletion),
    ]

    private static func row(
        _ action: KMSAction,
        _ members: JSONValue,
        _ disabled: Verdict,
        _ pendingDeletion: Verdict
    ) -> Row {
        Row(
            action: action,
            members: members,
            disabled: disabled,
            pendingDeletion: pendingDeletion
        )
    }

    @Test(arguments: rows)
    func `A state allows an operation or has a refusal of its own`(_ row: Row) throws {
        let states: [(KeyState, Verdict)] = [
            (.disabled, row.disabled), (.pendingDeletion, row.pendingDeletion),
        ]
        for (state, verdict) in states {
            let vault = try ScratchVault()
            try vault.createKey(alias: "alias/other")
            let keyID = try vault.createKey()
            try vault.bring(keyID, to: state)
            var members = row.members
            let isAboutAlias = members["AliasName"] != nil
            members.set(isAboutAlias ? "TargetKeyId" : "KeyId", .string(keyID))
            let expected: Refusal? =
                switch verdict {
                case .works: nil
                case .isDisabled: .disabledKey(keyID)
                case .isPendingDeletion: .pendingDeletion(keyID)
                case .isNotPendingDeletion:
                    Refusal(
                        "KMSInvalidStateException",
                        "\(keyARN(keyID)) is not pending deletion."
                    )
                }
            #expect(vault.refusal(ofKMS: row.action, members) == expected, "\(state)")
        }
    }

    @Test(arguments: rows)
    func `A deleted key is not there for any operation`(_ row: Row) throws {
        let vault = try ScratchVault()
        try vault.createKey(alias: "alias/other")
        let keyID = try vault.createKey()
        try vault.bring(keyID, to: .deleted)
        var members = row.members
        let isAboutAlias = members["AliasName"] != nil
        members.set(isAboutAlias ? "TargetKeyId" : "KeyId", .string(keyID))
        #expect(vault.refusal(ofKMS: row.action, members) == .noKey(keyARN(keyID)))
    }
}
