internal import ArgumentParser
internal import Client
internal import JSON

/// Shows all about a secret but its value.
struct Describe: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Show all about a secret but its value.",
        discussion: """
            \(VaultOptions.rule)

            Examples:
              pocketvault describe driftsentry/prod/database-url
              pocketvault describe driftsentry/prod/database-url --json
            """
    )
    @OptionGroup var vault: VaultOptions
    @Argument(help: "The secret, by name or ARN.") var name: String
    @Flag(help: "Print what DescribeSecret answers.") var json = false

    func run() throws {
        let answer = try vault.use {
            try $0.call("DescribeSecret", JSONObject(VaultClient.secret(name)))
        }
        if json { return Terminal.result(JSONValue.object(answer).jsonText()) }
        for line in TextColumns.lines(Describe.rows(answer)) { Terminal.result(line) }
    }

    private static func rows(_ secret: JSONObject) -> [[String]] {
        var rows: [[String]] = []
        func add(_ title: String, _ text: String?) {
            if let text, !text.isEmpty { rows.append([title, text]) }
        }
        add("name", secret.text("Name"))
        add("arn", secret.text("ARN"))
        add("description", secret.text("Description"))
        add("kms key", secret.text("KmsKeyId"))
        add("owned by", secret.text("OwningService"))
        for tag in secret.objects("Tags") {
            add("tag", "\(tag.text("Key") ?? "")=\(tag.text("Value") ?? "")")
        }
        for version in secret.object("VersionIdsToStages")?.members ?? [] {
            let labels = JSONObject([version]).texts(version.name)
            add("version", "\(version.name)  \(labels.joined(separator: ", "))")
        }
        add("created", secret.time("CreatedDate"))
        add("changed", secret.time("LastChangedDate"))
        add("read", secret.time("LastAccessedDate").map { String($0.prefix(10)) })
        add("deleted", secret.time("DeletedDate"))
        add("rotation", rotation(secret))
        add("rotated", secret.time("LastRotatedDate"))
        add("rotates", secret.time("NextRotationDate"))
        add("primary region", secret.text("PrimaryRegion"))
        for replica in secret.objects("ReplicationStatus") {
            add(
                "replica",
                [replica.text("Region"), replica.text("Status"), replica.text("StatusMessage")]
                    .compactMap(\.self).joined(separator: "  ")
            )
        }
        return rows
    }

    /// Whether it is on, when it happens, and by which function.
    private static func rotation(_ secret: JSONObject) -> String? {
        guard let isOn = secret.flag("RotationEnabled") else { return nil }
        let rules = secret.object("RotationRules")
        let schedule =
            rules?.text("ScheduleExpression")
            ?? rules?.integer("AutomaticallyAfterDays").map { "every \($0) days" }
        return [isOn ? "on" : "off", schedule, secret.text("RotationLambdaARN")]
            .compactMap(\.self).joined(separator: "  ")
    }
}
