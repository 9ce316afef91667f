import AWS
import JSON
import TestSupport

/// A call that copies a secret's values to be under another key.
enum Copying: String, CaseIterable, Sendable {
    case replicateSecretToRegions
    case createSecretWithReplicas
    case associateCrossAccountReplica
    case createSecretAsReplica

    /// Whether the copy is in another region of the account, and not in another account.
    var isToRegion: Bool { self == .replicateSecretToRegions || self == .createSecretWithReplicas }
}

/// A secret under a key of its own, the key of its copy, and somebody who may use some of the keys.
struct CopyWorld {
    static let ours = "000000000000"
    static let theirs = "111122223333"

    let vault: ScratchVault
    let copying: Copying
    /// ARNs; empty for the default key.
    let primaryKey: String
    let copyKey: String
    /// Who copies.
    let caller: Caller
    /// The root of where the copy is.
    let reader: Caller
    /// ARNs; empty for what the call itself makes.
    private(set) var primary = ""
    private(set) var replica = ""

    /// - Parameters:
    ///   - copying: how the values are copied.
    ///   - mode: what is done about missing permissions.
    ///   - lacking: the use of a key that the caller lacks.
    ///   - isUnderDefaultKey: whether the primary is, and a copy of the account.
    /// - Throws: what the vault throws.
    init(
        _ copying: Copying,
        _ mode: Authorization.Mode = .enforce,
        lacking: String? = nil,
        isUnderDefaultKey: Bool = false
    ) throws {
        self.copying = copying
        vault = try ScratchVault(authorization: mode)
        let elsewhere =
            copying.isToRegion
            ? Caller.root(region: "eu-west-1") : .root(account: Self.theirs)
        reader = elsewhere
        let hasCopyKey = !isUnderDefaultKey || !copying.isToRegion
        let first = try Self.makeKey(vault, .root())
        let second = hasCopyKey ? try Self.makeKey(vault, elsewhere) : ""
        primaryKey = isUnderDefaultKey ? "" : first
        copyKey = second
        let uses = [("kms:Decrypt", primaryKey), ("kms:GenerateDataKey", second)]
        // What CreateSecret asks about the key that it names, besides.
        let named: [(String, String)] =
            switch copying {
            case .createSecretWithReplicas: [("kms:GenerateDataKey", primaryKey)]
            case .createSecretAsReplica: [("kms:Decrypt", second)]
            case .replicateSecretToRegions, .associateCrossAccountReplica: []
            }
        caller = try vault.user(
            "copier",
            account: copying == .createSecretAsReplica ? Self.theirs : Self.ours,
            policies: [PolicyDraft.statement("Allow", "secretsmanager:*")]
                + (uses.filter { $0.0 != lacking } + named).filter { !$0.1.isEmpty }.map {
                    PolicyDraft.statement("Allow", $0.0, on: $0.1)
                }
        )
        guard copying != .createSecretWithReplicas else { return }
        primary = try vault.create("a", ["KmsKeyId": .string(first)])
        if copying == .associateCrossAccountReplica {
            replica = try vault.create(
                "a",
                value: nil,
                ["CrossAccountPrimaryARN": .string(primary), "KmsKeyId": .string(second)],
                by: elsewhere
            )
        }
        if isUnderDefaultKey { try vault.call(.updateSecret, ["SecretId": "a", "KmsKeyId": ""]) }
    }

    /// A key whose policy lets both accounts decide by IAM.
    private static func makeKey(_ vault: ScratchVault, _ owner: Caller) throws -> String {
        let accounts = [ours, theirs].map { #""arn:aws:iam::\#($0):root""# }
        let policy = PolicyDraft.statement(
            "Allow",
            "kms:*",
            principal: #"{"AWS":[\#(accounts.joined(separator: ","))]}"#
        )
        let key = try vault.kms(.createKey, ["Policy": .string(policy)], by: owner)
        return key["KeyMetadata"]?["Arn"]?.string ?? ""
    }

    /// Copies; nil when the call succeeds.
    func copy() -> Refusal? {
        let regions: JSONValue = [["Region": "eu-west-1", "KmsKeyId": .string(copyKey)]]
        switch copying {
        case .replicateSecretToRegions:
            return refusal(
                .replicateSecretToRegions,
                ["SecretId": "a", "AddReplicaRegions": regions]
            )
        case .createSecretWithReplicas:
            return refusal(
                .createSecret,
                ["Name": "a", "KmsKeyId": .string(primaryKey), "AddReplicaRegions": regions]
            )
        case .associateCrossAccountReplica:
            return refusal(
                .associateCrossAccountReplica,
                ["SecretId": "a", "CrossAccountReplicaARN": .string(replica)]
            )
        case .createSecretAsReplica:
            return refusal(
                .createSecret,
                [
                    "Name": "a", "KmsKeyId": .string(copyKey),
                    "CrossAccountPrimaryARN": .string(primary),
                ]
            )
        }
    }

    private func refusal(_ action: SecretsManagerAction, _ members: JSONValue) -> Refusal? {
        var members = members
        if action == .createSecret {
            members.set("ClientRequestToken", .string(vault.nextToken()))
        }
        return vault.refusal(of: action, members, by: caller)
    }

    /// What whoever has the copy's key reads there; nil for nothing.
    var readCopy: String? {
        let answer = try? vault.call(.getSecretValue, ["SecretId": "a"], by: reader)
        return answer?["SecretString"]?.string
    }

    /// Whether there is a secret where the copy would be.
    var hasCopy: Bool {
        vault.refusal(of: .describeSecret, ["SecretId": "a"], by: reader) == nil
    }
}
