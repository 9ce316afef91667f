internal import ArgumentParser
internal import Client
internal import JSON
internal import Notation

/// Lists secrets.
struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
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
        // From it ages are told, for eyes; programs get the times themselves.
        var now: Timestamp?
        let secrets = try vault.use { vault in
            if long, !json, Terminal.isSeen { now = vault.time }
            return try vault.secrets(
                withPrefix: prefix,
                tagKeys: wanted.map(\.key),
                deleted: deleted
            )
        }.filter { secret in
            let tags = secret.objects("Tags")
            return wanted.allSatisfy { tag in
                tags.contains { $0.text("Key") == tag.key && $0.text("Value") == tag.value }
            }
        }.sorted { ($0.text("Name") ?? "") < ($1.text("Name") ?? "") }
        if json {
            return Terminal.result(JSONValue.array(secrets.map(JSONValue.object)).jsonText())
        }
        for line in lines(secrets, at: now) { Terminal.result(line) }
    }

    private func lines(_ secrets: [JSONObject], at now: Timestamp?) -> [String] {
        guard long else { return secrets.map { $0.text("Name") ?? "" } }
        let rows = secrets.map { secret in
            let name = secret.text("Name") ?? ""
            let description = secret.text("Description") ?? ""
            guard let moment = secret.moment("DeletedDate") else {
                return [
                    name, List.text(of: secret.moment("LastChangedDate"), at: now), description,
                ]
            }
            return [name, "deleted \(List.text(of: moment, at: now))", description]
        }
        guard now != nil else { return TextColumns.lines(rows) }
        let paint = Paint(isOn: Terminal.hasColours)
        return TextColumns.lines(TextColumns.fitted(rows)) { column, text in
            guard column == 1 else { return text }
            return text.hasPrefix("deleted") ? paint.red(text) : paint.dim(text)
        }
    }

    private static func text(of moment: Timestamp?, at now: Timestamp?) -> String {
        guard let moment else { return "" }
        return now.map { RelativeTime.text(of: moment, at: $0) }
            ?? CalendarTime.secondsText(of: moment)
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
