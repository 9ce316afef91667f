import AWS
import JSON
import Notation
import TestSupport
import Testing

/// What becomes of every operation that touches a value, by what is the matter with its key.
///
/// The same table is in docs/compatibility.md, in words.
@Suite("KMS and secrets: the table")
struct KeyTableTests {
    /// Of a key that CreateKey made, in the secret's account or in another one: what is the matter with
    /// it makes the difference, and not whose it is.
    private static let table = """
        operation                    | enabled | disabled | pending | gone   | policy | identity
        CreateSecret, value          | ok      | IPE      | IPE     | IPE    | ADE    | ADE
        CreateSecret, no value       | ok      | IPE      | IPE     | IPE    | ADE    | ADE
        CreateSecret, a replica      | ok      | IPE      | IPE     | IPE    | ADE    | ADE
        UpdateSecret, named          | both    | IPE      | IPE     | IPE    | ADE    | ADE
        UpdateSecret, left           | both    | old      | old     | old    | old    | old
        UpdateSecret, value          | ok      | EF       | EF      | EF     | ADE    | ADE
        UpdateSecret, description    | ok      | ok       | ok      | ok     | ok     | ok
        PutSecretValue               | ok      | EF       | EF      | EF     | ADE    | ADE
        PutSecretValue, again        | ok      | DF       | DF      | DF     | ADE    | ADE
        PutSecretValue, replicated   | InSync  | Failed   | Failed  | Failed | behind | behind
        GetSecretValue               | ok      | DF       | DF      | DF     | ADE    | ADE
        BatchGetSecretValue          | ok      | DF       | DF      | DF     | ADE    | ADE
        RotateSecret, a test         | ok      | DF       | DF      | DF     | ok     | ok
        ReplicateSecretToRegions     | InSync  | Failed   | Failed  | Failed | Failed | Failed
        ReplicateSecretToRegions, to | InSync  | Failed   | Failed  | Failed | Failed | Failed
        AssociateCrossAccountReplica | ok      | DF       | DF      | DF     | ADE    | ADE
        """

    struct Cell: Sendable, CustomTestStringConvertible {
        let operation: String
        let owner: KeyOwner
        let trouble: KeyTrouble
        let expected: String

        var testDescription: String { "\(operation), \(owner) key, \(trouble): \(expected)" }
    }

    static let cells: [Cell] = table.split(separator: "\n").dropFirst().flatMap { line in
        let columns = line.split(separator: "|").map { $0.trimmed }
        return KeyOwner.allCases.flatMap { owner in
            zip(KeyTrouble.allCases, columns.dropFirst()).map { trouble, expected in
                Cell(operation: columns[0], owner: owner, trouble: trouble, expected: expected)
            }
        }
    }

    @Test func `The table has a cell for every trouble of every operation`() {
        #expect(Self.cells.count == 16 * KeyTrouble.allCases.count * KeyOwner.allCases.count)
    }

    @Test("C16, C17, C19, C20, C21, C22, C95: each cell of the table", arguments: cells)
    func cell(_ cell: Cell) throws {
        let operation = try #require(ValueOperation(rawValue: cell.operation))
        let world = try KeyWorld(cell.trouble, of: cell.owner, keyIn: operation.keyRegion)
        #expect(try operation.outcome(in: world, cell.trouble) == text(of: cell))
    }

    /// What a cell stands for.
    private func text(of cell: Cell) -> String {
        let isRefused = [.policy, .identity].contains(cell.trouble)
        let answer = isRefused ? missingPermission(cell) : keyTrouble(cell)
        return switch cell.expected {
        case "IPE" where cell.trouble == .disabled:
            "InvalidParameterException: The operation failed because the specified KMS key is"
                + " disabled."
        case "IPE":
            "InvalidParameterException: The operation failed because of an invalid KMS key:"
                + " \(answer)"
        case "DF":
            "DecryptionFailure: Secrets Manager can't decrypt the secret value: \(answer)"
        case "EF":
            "EncryptionFailure: Secrets Manager can't encrypt the secret value: \(answer)"
        case "ADE": "AccessDeniedException: Access to KMS is not allowed"
        case "Failed": "Failed: Replication failed: \(answer)"
        case "InSync": "InSync: Replication succeeded"
        case "behind": "InProgress"
        default: cell.expected
        }
    }

    /// C21: what KMS answers about a key that cannot be used.
    private func keyTrouble(_ cell: Cell) -> String {
        let (text, code) =
            switch cell.trouble {
            case .disabled: ("KEY is disabled.", "DisabledException")
            case .pending: ("KEY is pending deletion.", "KMSInvalidStateException")
            default: ("Key 'KEY' does not exist", "NotFoundException")
            }
        return framed(text, code)
    }

    /// C22 and C72: KMS's sentence about a permission that is missing.
    private func missingPermission(_ cell: Cell) -> String {
        let use =
            cell.operation == "ReplicateSecretToRegions" ? "kms:Decrypt" : "kms:GenerateDataKey"
        let object = cell.owner == .own ? "on resource: KEY" : "on this resource"
        let kind = cell.trouble == .policy ? "resource-based" : "identity-based"
        return framed(
            "User: arn:aws:iam::000000000000:user/u is not authorized to perform: \(use)"
                + " \(object) because no \(kind) policy allows the \(use) action",
            "AccessDeniedException"
        )
    }

    private func framed(_ text: String, _ code: String) -> String {
        "\(text) (Service: AWSKMS; Status Code: 400; Error Code: \(code); Request ID: ID;"
            + " Proxy: null)"
    }

    // MARK: The default key

    @Test(
        "the default key needs no permission within its account, whatever the operation",
        arguments: [
            (.getSecretValue, [:]), (.putSecretValue, ["SecretString": "x"]),
            (.updateSecret, ["SecretString": "x"]), (.updateSecret, ["KmsKeyId": ""]),
            (.replicateSecretToRegions, ["AddReplicaRegions": [["Region": "eu-west-1"]]]),
        ] as [(SecretsManagerAction, JSONValue)]
    )
    func defaultKey(action: SecretsManagerAction, others: JSONValue) throws {
        let world = try KeyWorld(.enabled)
        try world.vault.create("a")
        let user = try world.vault.user(
            "without-kms",
            policies: [PolicyDraft.statement("Allow", "secretsmanager:*")]
        )
        let members = world.vault.members(action, others)
        #expect(world.vault.refusal(of: action, members, by: user) == nil)
        if action == .replicateSecretToRegions {
            #expect(try world.replica(of: "a") == "InSync: Replication succeeded")
        }
    }

    @Test(
        "the default key is closed to callers from other accounts",
        arguments: [
            (.getSecretValue, [:]), (.putSecretValue, ["SecretString": "x"]),
            (.updateSecret, ["SecretString": "x"]), (.updateSecret, ["KmsKeyId": ""]),
        ] as [(SecretsManagerAction, JSONValue)]
    )
    func defaultKeyFromOutside(action: SecretsManagerAction, others: JSONValue) throws {
        let world = try KeyWorld(.enabled)
        let arn = try world.vault.create("a")
        let account = KeyOwner.foreign.account
        let user = try world.vault.user(
            "stranger",
            account: account,
            policies: [PolicyDraft.statement("Allow", "*")]
        )
        let principal = #"{"AWS":"arn:aws:iam::\#(account):root"}"#
        try world.vault.putPolicy(
            PolicyDraft.statement("Allow", "secretsmanager:*", principal: principal),
            on: arn
        )
        var members = world.vault.members(action, others)
        members.set("SecretId", .string(arn))
        #expect(
            world.vault.refusal(of: action, members, by: user) == .defaultKeyAcrossAccounts
        )
    }

    // MARK: Modes

    @Test(
        "with permissions only reported a missing one lets an operation pass, and is noted",
        arguments: cells.filter { $0.owner == .own && $0.trouble == .identity }
    )
    func reported(cell: Cell) throws {
        let operation = try #require(ValueOperation(rawValue: cell.operation))
        let world = try KeyWorld(.identity, keyIn: operation.keyRegion, .report)
        let outcome = try operation.outcome(in: world, .identity)
        #expect(["ok", "both", "InSync: Replication succeeded"].contains(outcome))
        guard cell.expected != "ok" else { return }
        #expect(try world.hasNote("Would be refused"))
    }

    @Test(
        "with permissions off a key that is disabled, pending or gone fails all the same",
        arguments: cells.filter { cell in
            cell.owner == .own && [.disabled, .pending, .gone].contains(cell.trouble)
        }
    )
    func off(cell: Cell) throws {
        let operation = try #require(ValueOperation(rawValue: cell.operation))
        let world = try KeyWorld(cell.trouble, keyIn: operation.keyRegion, .off)
        #expect(try operation.outcome(in: world, cell.trouble) == text(of: cell))
    }
}

/// An operation that touches a value, and how it ends.
private enum ValueOperation: String {
    case createWithValue = "CreateSecret, value"
    case createEmpty = "CreateSecret, no value"
    case updateNamed = "UpdateSecret, named"
    case updateLeft = "UpdateSecret, left"
    case updateValue = "UpdateSecret, value"
    case updateDescription = "UpdateSecret, description"
    case put = "PutSecretValue"
    case putAgain = "PutSecretValue, again"
    case get = "GetSecretValue"
    case batch = "BatchGetSecretValue"
    case rotate = "RotateSecret, a test"
    case replicate = "ReplicateSecretToRegions"
    case replicateTo = "ReplicateSecretToRegions, to"
    case putReplicated = "PutSecretValue, replicated"
    case associate = "AssociateCrossAccountReplica"
    case createReplica = "CreateSecret, a replica"

    /// Makes the secret, brings the trouble about, calls the operation.
    func outcome(in world: KeyWorld, _ trouble: KeyTrouble) throws -> String {
        try prepare(world)
        try world.bring(trouble)
        switch self {
        case .batch: return try batch(world)
        case .replicate, .replicateTo, .putReplicated:
            _ = try world.outcome(action, members(world))
            return try world.replica(of: "a")
        case .updateNamed, .updateLeft:
            let outcome = try world.outcome(action, members(world))
            guard outcome == "ok" else { return outcome }
            let isNamed = self == .updateNamed
            let keys = isNamed ? [world.goodKey, world.key] : [world.key, world.goodKey]
            let found = try world.vault.keysOfVersions(of: "a")
            return found == [keys] ? "both" : found == [[keys[0]]] ? "old" : "\(found)"
        default: return try world.outcome(action, members(world))
        }
    }

    /// Where the key in question is: with the secret, or with its copy.
    var keyRegion: String {
        [.replicateTo, .putReplicated].contains(self) ? "eu-west-1" : "us-east-1"
    }

    private var action: SecretsManagerAction {
        switch self {
        case .createWithValue, .createEmpty, .createReplica: .createSecret
        case .updateNamed, .updateLeft, .updateValue, .updateDescription: .updateSecret
        case .put, .putAgain, .putReplicated: .putSecretValue
        case .get: .getSecretValue
        case .batch: .batchGetSecretValue
        case .rotate: .rotateSecret
        case .replicate, .replicateTo: .replicateSecretToRegions
        case .associate: .associateCrossAccountReplica
        }
    }

    private func prepare(_ world: KeyWorld) throws {
        let vault = world.vault
        switch self {
        case .createWithValue, .createEmpty: break
        case .createReplica:
            let theirs = Caller.root(account: KeyOwner.foreign.account)
            try vault.create("primary", ["KmsKeyId": .string(world.theirKey)], by: theirs)
        case .updateNamed, .replicateTo, .putReplicated:
            try vault.create("a", ["KmsKeyId": .string(world.goodKey)])
        default:
            try vault.create("a", token: version("1"), ["KmsKeyId": .string(world.key)])
        }
        if self == .putReplicated {
            try vault.call(.replicateSecretToRegions, Self.replicateTo.members(world))
        }
        if self == .associate {
            let theirs = Caller.root(account: KeyOwner.foreign.account)
            let others: JSONValue = [
                "KmsKeyId": .string(world.theirKey),
                "CrossAccountPrimaryARN": try vault.describe("a")["ARN"] ?? .null,
            ]
            try vault.create("a", value: nil, others, by: theirs)
        }
    }

    private func members(_ world: KeyWorld) -> JSONValue {
        let key = JSONValue.string(world.key)
        let good = JSONValue.string(world.goodKey)
        switch self {
        case .createWithValue: return ["Name": "a", "KmsKeyId": key, "SecretString": "x"]
        case .createEmpty: return ["Name": "a", "KmsKeyId": key]
        case .createReplica:
            let theirs = Caller.root(account: KeyOwner.foreign.account)
            let primary = try? world.vault.describe("primary", by: theirs)["ARN"]
            return ["Name": "a", "KmsKeyId": key, "CrossAccountPrimaryARN": primary ?? .null]
        case .updateNamed: return ["SecretId": "a", "KmsKeyId": key]
        case .updateLeft: return ["SecretId": "a", "KmsKeyId": good]
        case .updateDescription: return ["SecretId": "a", "Description": "d"]
        case .updateValue, .put, .putReplicated: return ["SecretId": "a", "SecretString": "x"]
        case .putAgain:
            return [
                "SecretId": "a", "SecretString": "first",
                "ClientRequestToken": .string(version("1")),
            ]
        case .get: return ["SecretId": "a"]
        case .batch: return ["SecretIdList": ["a"]]
        case .rotate:
            return [
                "SecretId": "a", "RotationLambdaARN": .string(ScratchVault.function),
                "RotateImmediately": false,
            ]
        case .replicate: return ["SecretId": "a", "AddReplicaRegions": [["Region": "eu-west-1"]]]
        case .replicateTo:
            return [
                "SecretId": "a", "AddReplicaRegions": [["Region": "eu-west-1", "KmsKeyId": key]],
            ]
        case .associate:
            let theirs = Caller.root(account: KeyOwner.foreign.account)
            let replica = try? world.vault.describe("a", by: theirs)["ARN"]
            return ["SecretId": "a", "CrossAccountReplicaARN": replica ?? .null]
        }
    }

    private func batch(_ world: KeyWorld) throws -> String {
        let answer = try world.vault.call(.batchGetSecretValue, members(world), by: world.caller)
        guard let error = answer["Errors"]?[0] else { return "ok" }
        let texts = [error["ErrorCode"]?.string, error["Message"]?.string]
        return try world.named(texts.compactMap(\.self).joined(separator: ": "))
    }
}

extension ScratchVault {
    /// The members of a call about the secret `a`, with a token where one is needed.
    fileprivate func members(_ action: SecretsManagerAction, _ others: JSONValue) -> JSONValue {
        var members = others
        members.set("SecretId", "a")
        if [.putSecretValue, .updateSecret].contains(action) {
            members.set("ClientRequestToken", .string(nextToken()))
        }
        return members
    }
}

extension Substring {
    /// Without the spaces at its end and beginning.
    fileprivate var trimmed: String {
        let words = split(separator: " ")
        return words.joined(separator: " ")
    }
}
