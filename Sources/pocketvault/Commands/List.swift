internal import ArgumentParser
internal import Client
internal import JSON

/// Lists secrets.
struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List secrets.",
        discussion: """
            A name on each line, without values. \(VaultOptions.rule)

            Examples:
              pocketvault list
              pocketvault list driftsentry/prod/ --long
              pocketvault list --tag Environment=staging --tag Project=DriftSentry
            """
    )
    @OptionGroup var vault: VaultOptions
    @Argument(help: "Only names that begin so.") var prefix: String?
    @Option(
        name: .customLong("tag"),
        help: ArgumentHelp("Only those with this tag; may be repeated.", valueName: "key=value")
    )
    var tags: [String] = []
    @Flag(help: "Those that are scheduled for deletion too.") var deleted = false
    @Flag(name: .shortAndLong, help: "When each was changed, and what it is for.")
    var long = false
    @Flag(help: "Print what ListSecrets answers of each, as one array of JSON.") var json = false

    func validate() throws {
        _ = try TagText.pairs(tags)
        guard !long || !json else { throw ValidationError("Give --long or --json, not both.") }
    }

    func run() throws {
        let wanted = try TagText.pairs(tags)
        let secrets = try vault.use { vault in
            try vault.secrets(withPrefix: prefix, tagKeys: wanted.map(\.key), deleted: deleted)
        }.filter { secret in
            let tags = secret.objects("Tags")
            return wanted.allSatisfy { tag in
                tags.contains { $0.text("Key") == tag.key && $0.text("Value") == tag.value }
            }
        }.sorted { ($0.text("Name") ?? "") < ($1.text("Name") ?? "") }
        if json {
            return Terminal.result(JSONValue.array(secrets.map(JSONValue.object)).jsonText())
        }
        let rows = secrets.map { secret in
            let name = secret.text("Name") ?? ""
            guard long else { return [name] }
            let end = secret.time("DeletedDate").map { "deleted \($0)" }
            return [
                name, end ?? secret.time("LastChangedDate") ?? "",
                secret.text("Description") ?? "",
            ]
        }
        for line in TextColumns.lines(rows) { Terminal.result(line) }
    }
}

extension VaultClient {
    /// The secrets whose names begin so, as ListSecrets has them.
    ///
    /// - Parameters:
    ///   - prefix: with which names begin; nil for any.
    ///   - tagKeys: of tags that all of them have.
    ///   - deleted: whether those that are scheduled for deletion are among them.
    /// - Returns: the entries of all pages.
    /// - Throws: as `all`.
    func secrets(
        withPrefix prefix: String? = nil,
        tagKeys: [String] = [],
        deleted: Bool = false
    ) throws(ClientError) -> [JSONObject] {
        // In a filter an exclamation mark at the beginning means all others.
        var filters = tagKeys.filter { !$0.hasPrefix("!") && !$0.isEmpty }
            .map { (key: "tag-key", value: $0) }
        if let prefix, !prefix.isEmpty, !prefix.hasPrefix("!") {
            filters.append((key: "name", value: prefix))
        }
        var members: [(name: String, value: JSONValue)] = [("MaxResults", .number(JSONNumber(100)))]
        if deleted { members.append(("IncludePlannedDeletion", .bool(true))) }
        if !filters.isEmpty {
            let list = filters.map { filter in
                JSONValue.object(
                    JSONObject([
                        ("Key", .string(filter.key)), ("Values", .array([.string(filter.value)])),
                    ])
                )
            }
            members.append(("Filters", .array(list)))
        }
        return try all("ListSecrets", JSONObject(members), list: "SecretList").filter { secret in
            (secret.text("Name") ?? "").utf8.starts(with: (prefix ?? "").utf8)
        }
    }
}
