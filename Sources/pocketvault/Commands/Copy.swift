internal import ArgumentParser
internal import Client
internal import JSON

/// Copies a vault to AWS, from AWS, or to another vault.
struct Copy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy secrets to AWS, from AWS, or to another vault.",
        discussion: """
            Through the public API: secrets with their descriptions and tags, versions with their \
            ids and labels, policies, and rotation, which is not started. Values only with \
            --values; else others of the same shape are invented: the keys of JSON, lengths, URLs \
            with other passwords. A second run changes nothing, and one that was interrupted goes \
            on. What the target has besides stays there. Secrets that are scheduled for deletion, \
            replicas, and those that another AWS service manages are left out.

            An endpoint is a URL or aws:REGION. Without a profile, calls are signed with \
            AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or the key of AWS_PROFILE.

            Examples:
              pocketvault copy --from http://127.0.0.1:4566 --to aws:eu-west-1 --dry-run
              pocketvault copy --from aws:eu-west-1 --from-profile prod \\
                --to http://127.0.0.1:4566 --prefix driftsentry/prod/
            """
    )
    @Option(help: ArgumentHelp("Where secrets come from.", valueName: "endpoint")) var from: String
    @Option(help: ArgumentHelp("Where they go.", valueName: "endpoint")) var to: String
    @Option(help: "The profile whose key signs where secrets come from.") var fromProfile: String?
    @Option(help: "The profile whose key signs where they go.") var toProfile: String?
    @Option(help: "Only secrets whose names begin so.") var prefix: String?
    @Flag(help: "Copy values too.") var values = false
    @Option(
        help: ArgumentHelp(
            """
            KMS keys there for KMS keys here, as {"from":"to"}; "" is the account's own key.
            """,
            valueName: "file"
        )
    )
    var keyMap: String?
    @Flag(help: "Only say what would be done.") var dryRun = false
    @Flag(help: "Print what was done as one array of JSON.") var json = false

    func validate() throws {
        _ = try (Copy.endpoint(from), Copy.endpoint(to))
    }

    func run() throws {
        let source = try Copy.client(from, fromProfile)
        let target = try Copy.client(to, toProfile)
        guard
            source.transport.authority != target.transport.authority
                || source.identity != target.identity
        else { throw ClientError.impossible("secrets cannot be copied to where they are") }
        let keys = try KeyMap(keyMap)
        let secrets = try source.secrets(withPrefix: prefix)
        let copied = secrets.filter { secret in
            let primary = secret.text("PrimaryRegion")
            return secret.text("OwningService") == nil
                && (primary == nil || primary == source.identity.region)
        }
        try Copy.checkKeys(of: copied, keys)
        let run = CopyRun(
            source: source,
            target: target,
            keys: keys,
            copiesValues: values,
            isRehearsal: dryRun
        )
        let names = copied.compactMap { $0.text("Name") }.sorted()
        let outcomes = try outcomes(of: names, run)
        if json {
            let list = outcomes.map { JSONValue.object($0.json) }
            Terminal.result(JSONValue.array(list).jsonText())
        }
        tellSum(outcomes, leftOut: secrets.count - copied.count)
        guard outcomes.allSatisfy({ $0.failure == nil }) else { throw ExitCode(1) }
    }

    private func outcomes(of names: [String], _ run: CopyRun) throws -> [CopyRun.Outcome] {
        let bar = ProgressBar(of: names.count)
        defer { bar.clear() }
        var outcomes: [CopyRun.Outcome] = []
        for name in names {
            bar.show(outcomes.count, name)
            let outcome = try run.copy(name)
            outcomes.append(outcome)
            guard !json else { continue }
            bar.clear()
            if let failure = outcome.failure {
                Terminal.failure("\(name): \(failure)")
            }
            if !outcome.steps.isEmpty { Terminal.result(outcome.line(isRehearsal: dryRun)) }
        }
        return outcomes
    }

    private func tellSum(_ outcomes: [CopyRun.Outcome], leftOut: Int) {
        let failed = outcomes.count { $0.failure != nil }
        let made = outcomes.count { $0.isNew && $0.failure == nil }
        let same = outcomes.count { $0.steps.isEmpty && $0.failure == nil }
        var parts = [
            "\(made) \(dryRun ? "to create" : "created")",
            "\(outcomes.count - failed - made - same) \(dryRun ? "to change" : "changed")",
            "\(same) the same",
        ]
        if failed > 0 { parts.append("\(failed) failed") }
        if leftOut > 0 { parts.append("\(leftOut) left out") }
        Terminal.remark(parts.joined(separator: ", "))
        if !values, made > 0, !dryRun { Terminal.remark("values were invented; see --values") }
    }

    private static func endpoint(_ text: String) throws -> (address: Endpoint, region: String?) {
        if text.hasPrefix("aws:") {
            let region = String(text.dropFirst(4))
            if let address = Endpoint.aws("secretsmanager", in: region) { return (address, region) }
        } else if let address = Endpoint(text) {
            return (address, nil)
        }
        throw ValidationError("The endpoint '\(text)' is neither aws:REGION nor http://host:port.")
    }

    private static func client(_ text: String, _ profile: String?) throws -> VaultClient {
        let environment = Environment()
        let (address, region) = try endpoint(text)
        let identity = try environment.identities.identity(
            profile: profile,
            region: region,
            isAWS: address.isAWS
        )
        var client = VaultClient(
            over: Transports.to(address, trusting: environment.variable("AWS_CA_BUNDLE")),
            as: identity
        )
        client.retries = .patient
        return client
    }

    /// Before anything is written: a secret under another key than was meant is no copy.
    private static func checkKeys(of secrets: [JSONObject], _ keys: KeyMap) throws {
        let unknown = Set(secrets.compactMap { $0.text("KmsKeyId") })
            .filter { $0 != "alias/aws/secretsmanager" && !keys.knows($0) }.sorted()
        guard unknown.isEmpty else {
            throw ClientError.impossible(
                "--key-map must say which key stands for \(unknown.joined(separator: ", "))"
            )
        }
    }
}

extension CopyRun.Outcome {
    /// For people: what was done, and with what.
    fileprivate func line(isRehearsal: Bool) -> String {
        let verb = isNew ? "create" : "change"
        let word = isRehearsal ? "would \(verb)" : "\(verb)d"
        return "\(word) \(name): \(steps.map(\.text).joined(separator: "; "))"
    }

    fileprivate var json: JSONObject {
        var members: [(name: String, value: JSONValue)] = [
            ("name", .string(name)), ("isNew", .bool(isNew)),
            ("changes", .array(steps.map { .string($0.text) })),
        ]
        if let failure { members.append(("failure", .string(failure))) }
        return JSONObject(members)
    }
}
