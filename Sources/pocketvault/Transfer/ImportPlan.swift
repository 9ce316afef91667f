internal import Client
internal import Formats
internal import JSON
internal import Notation

/// What an import does with each secret, once it is known that nothing is in the way of any of them.
struct ImportPlan {
    private let steps: [(action: Action, secret: CarriedSecret)]

    private enum Action: String {
        case create, update, skip, keep
    }

    /// What was found out about one secret.
    private enum Finding {
        case action(Action)
        /// Why it cannot be written.
        case obstacle(String)
    }

    /// AWS keeps no longer value, and no empty one.
    private static let greatestByteCount = 65_536

    /// Looks at what the vault has.
    ///
    /// - Parameters:
    ///   - secrets: under their names in the vault.
    ///   - client: of the vault.
    ///   - rule: for secrets that are there already.
    /// - Throws: `TransferError` with all that is in the way, `ClientError` when nobody answers.
    init(for secrets: [CarriedSecret], in client: VaultClient, _ rule: ConflictRule) throws {
        guard !secrets.isEmpty else { throw TransferError("there is no secret in it") }
        var steps: [(action: Action, secret: CarriedSecret)] = []
        var obstacles: [String] = []
        for secret in secrets {
            switch try ImportPlan.finding(about: secret, in: client, rule) {
            case .action(let action): steps.append((action, secret))
            case .obstacle(let reason): obstacles.append("\(secret.name): \(reason)")
            }
        }
        guard obstacles.isEmpty else { throw TransferError(obstacles) }
        self.steps = steps
    }

    private static func finding(
        about secret: CarriedSecret,
        in client: VaultClient,
        _ rule: ConflictRule
    ) throws -> Finding {
        guard !secret.value.bytes.isEmpty else {
            return .obstacle("it is empty, and AWS keeps no empty secret")
        }
        guard secret.value.bytes.count <= greatestByteCount else {
            return .obstacle(
                "it has \(secret.value.bytes.count) bytes, and a secret 65,536 at most"
            )
        }
        let description: JSONObject
        do throws(ClientError) {
            description = try client.call(
                "DescribeSecret",
                JSONObject(VaultClient.secret(secret.name))
            )
        } catch {
            switch error.code {
            case "ResourceNotFoundException": return .action(.create)
            case "ValidationException": return .obstacle(error.refusal?.message ?? "\(error)")
            default: throw error
            }
        }
        switch rule {
        case .skip: return .action(.skip)
        case .fail:
            return .obstacle("it is there already; say --on-conflict skip or --on-conflict update")
        case .update:
            guard description["DeletedDate"] == nil else {
                return .obstacle("it is scheduled for deletion; restore it first")
            }
            return .action(try holds(secret, client) ? .keep : .update)
        }
    }

    /// Whether the vault has this value already.
    private static func holds(_ secret: CarriedSecret, _ client: VaultClient) throws -> Bool {
        do {
            return try client.versionValue(of: secret.name).value == secret.value
        } catch let error as ClientError where error.code == "ResourceNotFoundException" {
            // It was made without a value.
            return false
        }
    }

    /// Prints what would be done.
    func show() {
        for (action, secret) in steps { Terminal.result("would \(action.rawValue) \(secret.name)") }
    }

    /// Does it, and prints each secret that is done.
    ///
    /// - Throws: `TransferError` that says how far it came.
    func carryOut(with client: VaultClient) throws(TransferError) {
        for (index, (action, secret)) in steps.enumerated() {
            do throws(ClientError) {
                let done = try carryOut(action, secret, with: client)
                Terminal.result("\(done) \(secret.name)")
            } catch {
                throw TransferError(
                    "\(secret.name): \(error); \(index) of \(steps.count) were done before it: go "
                        + "on with --on-conflict update"
                )
            }
        }
    }

    private func carryOut(
        _ action: Action,
        _ secret: CarriedSecret,
        with client: VaultClient
    ) throws(ClientError) -> String {
        switch action {
        case .create:
            try client.call("CreateSecret", secret.creation)
            return "created"
        case .update:
            let value = secret.value.member
            try client.call(
                "PutSecretValue",
                JSONObject(VaultClient.secret(secret.name) + [value])
            )
            return "updated"
        case .skip: return "skipped"
        case .keep: return "unchanged"
        }
    }
}
