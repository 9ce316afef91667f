import AWS
import JSON
import Notation
import TestSupport
import Testing

/// What is the matter with a key.
enum KeyTrouble: String, CaseIterable, Sendable {
    case enabled, disabled, pending, gone
    /// Its policy does not name the caller.
    case policy
    /// No policy of the caller's allows its use.
    case identity
}

/// Whose key it is.
enum KeyOwner: String, CaseIterable, Sendable {
    case own, foreign

    var account: String { self == .own ? "000000000000" : "111122223333" }
}

/// A secret and a key that something is the matter with, and a caller who may do everything else.
struct KeyWorld {
    let vault: ScratchVault
    let owner: KeyOwner
    /// The ARN of the key in question.
    let key: String
    /// The ARN of a key of the caller's account that nothing is the matter with.
    let goodKey: String
    /// The same of another account.
    let theirKey: String
    let caller: Caller

    /// Makes the keys; nothing is the matter yet.
    init(
        _ trouble: KeyTrouble,
        of owner: KeyOwner = .own,
        keyIn region: String = "us-east-1",
        _ mode: Authorization.Mode = .enforce
    ) throws {
        self.owner = owner
        vault = try ScratchVault(authorization: mode)
        let keeper = Caller.root(account: owner.account, region: region)
        key = try vault.makeSharedKey(by: keeper)
        goodKey = try vault.makeSharedKey()
        theirKey = try vault.makeSharedKey(by: .root(account: KeyOwner.foreign.account))
        _ = try vault.user("keeper", account: owner.account)
        var policies = [
            PolicyDraft.statement("Allow", "secretsmanager:*", "lambda:*"),
            PolicyDraft.statement("Allow", "kms:*", on: goodKey),
            PolicyDraft.statement("Allow", "kms:*", on: theirKey),
        ]
        if trouble != .identity {
            policies.append(PolicyDraft.statement("Allow", "kms:*", on: key))
        }
        caller = try vault.user("u", policies: policies)
    }

    /// Brings the trouble about.
    func bring(_ trouble: KeyTrouble) throws {
        let region = key.split(separator: ":")[3]
        let keeper = Caller.root(account: owner.account, region: String(region))
        switch trouble {
        case .enabled, .identity: break
        case .disabled: try vault.bring(key, to: .disabled, by: keeper)
        case .pending: try vault.bring(key, to: .pendingDeletion, by: keeper)
        case .gone: try vault.bring(key, to: .deleted, by: keeper)
        case .policy:
            let user = #"{"AWS":"arn:aws:iam::\#(owner.account):user/keeper"}"#
            let policy = PolicyDraft.statement("Allow", "kms:*", principal: user)
            let members: JSONValue = [
                "KeyId": .string(key), "Policy": .string(policy),
                "BypassPolicyLockoutSafetyCheck": true,
            ]
            try vault.kms(.putKeyPolicy, members, by: keeper)
        }
    }

    /// A text with names in place of what is another one each time.
    func named(_ text: String?) throws -> String {
        (text ?? "").replacing(try Regex("Request ID: [0-9a-f-]{36}"), with: "Request ID: ID")
            .replacing(key, with: "KEY").replacing(goodKey, with: "GOOD")
    }

    /// How a call ends: `ok`, or its error.
    func outcome(_ action: SecretsManagerAction, _ members: JSONValue) throws -> String {
        var members = members
        let needsToken: Set<SecretsManagerAction> = [
            .createSecret, .putSecretValue, .rotateSecret, .updateSecret,
        ]
        if needsToken.contains(action), members["ClientRequestToken"] == nil {
            members.set("ClientRequestToken", .string(vault.nextToken()))
        }
        guard let refusal = vault.refusal(of: action, members, by: caller) else { return "ok" }
        return try named(refusal.description)
    }

    /// Whether the trail has a decision with these words.
    func hasNote(_ words: String) throws -> Bool {
        try vault.auditRecords().compactMap(\.decision).contains { $0.contains(words) }
    }

    /// Status and message of the one replica of a secret.
    func replica(of secretID: String) throws -> String {
        let status = try vault.describe(secretID)["ReplicationStatus"]?[0]
        let texts = [status?["Status"]?.string, status?["StatusMessage"]?.string]
        return try named(texts.compactMap(\.self).joined(separator: ": "))
    }
}

extension ScratchVault {
    /// A key whose policy lets two accounts decide by IAM, by its ARN.
    func makeSharedKey(by owner: Caller = .root()) throws -> String {
        let accounts = KeyOwner.allCases.map { #""arn:aws:iam::\#($0.account):root""# }
        let principal = #"{"AWS":[\#(accounts.joined(separator: ","))]}"#
        let policy = PolicyDraft.statement("Allow", "kms:*", principal: principal)
        let key = try kms(.createKey, ["Policy": .string(policy)], by: owner)
        return key["KeyMetadata"]?["Arn"]?.string ?? ""
    }

    /// KmsKeyIds of each version, oldest version first.
    func keysOfVersions(of secretID: String) throws -> [[String]] {
        try allVersions(of: secretID).map { $0["KmsKeyIds"]?.strings ?? [] }
    }
}
