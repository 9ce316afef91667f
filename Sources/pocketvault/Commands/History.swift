internal import ArgumentParser
internal import Client
internal import JSON

/// Shows the versions of a secret.
struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show the versions of a secret, their labels, and who made them.",
        discussion: """
            Newest first, without values: when it was made, its id, its labels, and who made it by \
            which call, as far as the audit trail reaches back. AWS's trail is not asked. \
            \(VaultOptions.rule)

            Examples:
              pocketvault history driftsentry/prod/database-url
              pocketvault history driftsentry/prod/database-url --json
            """
    )
    @OptionGroup var vault: VaultOptions
    @Argument(help: "The secret, by name or ARN.") var name: String
    @Flag(help: "Print the versions as one array of JSON.") var json = false

    func run() throws {
        let (versions, makers) = try vault.use { vault in
            let members =
                VaultClient.secret(name) + [
                    ("IncludeDeprecated", .bool(true)), ("MaxResults", .number(JSONNumber(100))),
                ]
            let versions = try vault.all(
                "ListSecretVersionIds",
                JSONObject(members),
                list: "Versions"
            )
            let arn = try vault.labels(of: name).arn
            return (versions, VersionMakers(of: arn, in: vault))
        }
        let newestFirst = versions.enumerated()
            .sorted { ($0.element.seconds, $0.offset) > ($1.element.seconds, $1.offset) }
            .map(\.element)
        if json {
            let list = newestFirst.map { History.entry($0, makers) }
            return Terminal.result(JSONValue.array(list).jsonText())
        }
        let rows = newestFirst.map { version in
            let id = version.text("VersionId") ?? ""
            let maker = makers[id]
            return [
                version.time("CreatedDate") ?? "", id,
                version.texts("VersionStages").joined(separator: ","), maker?.caller ?? "-",
                maker?.call ?? "",
            ]
        }
        for line in TextColumns.lines(rows) { Terminal.result(line) }
    }

    private static func entry(_ version: JSONObject, _ makers: VersionMakers) -> JSONValue {
        var members = version.members
        if let maker = makers[version.text("VersionId") ?? ""] {
            members.append(("CreatedBy", .string(maker.caller)))
            members.append(("CreatedWith", .string(maker.call)))
        }
        return .object(JSONObject(members))
    }
}

extension JSONObject {
    /// When a version was made.
    fileprivate var seconds: Double {
        guard case .number(let number)? = self["CreatedDate"] else { return 0 }
        return number.double ?? 0
    }
}
