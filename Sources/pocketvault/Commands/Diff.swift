internal import ArgumentParser
internal import Client
internal import JSON
internal import Notation

/// Compares two versions of a secret.
struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two versions of a secret, key by key.",
        discussion: """
            A line for each key that was removed (-), added (+) or changed (~), without its value \
            unless --reveal is given; of a value that is no JSON object it only tells whether it \
            is the same. \(VaultOptions.rule)

            Examples:
              pocketvault diff driftsentry/prod/api-keys
              pocketvault diff driftsentry/prod/api-keys AWSCURRENT AWSPENDING
              pocketvault diff driftsentry/prod/api-keys AWSPREVIOUS AWSCURRENT --reveal
            """
    )
    @OptionGroup var vault: VaultOptions
    @Argument(help: "The secret, by name or ARN.") var name: String
    @Argument(help: "One version, by its id or a label. (default: AWSPREVIOUS)") var a: String?
    @Argument(help: "The other version. (default: AWSCURRENT)") var b: String?
    @Flag(help: "Show values.") var reveal = false
    @Flag(help: "Print the differences as one array of JSON.") var json = false

    func run() throws {
        let differences = try vault.use { vault in
            let ids = Set(
                try vault.all(
                    "ListSecretVersionIds",
                    JSONObject(
                        VaultClient.secret(name) + [
                            ("IncludeDeprecated", .bool(true)),
                            ("MaxResults", .number(JSONNumber(100))),
                        ]
                    ),
                    list: "Versions"
                ).compactMap { $0.text("VersionId") }
            )
            func value(_ version: String) throws -> VersionValue {
                let kind = ids.contains(version) ? "VersionId" : "VersionStage"
                return try vault.versionValue(of: name, [(kind, .string(version))]).value
            }
            return ValueDifference.between(
                try value(a ?? StagingLabel.previous),
                try value(b ?? StagingLabel.current)
            )
        }
        if json {
            let list = differences.map { $0.json(reveal: reveal) }
            return Terminal.result(JSONValue.array(list).jsonText())
        }
        for difference in differences { Terminal.result(difference.line(reveal: reveal)) }
        if differences.isEmpty { Terminal.remark("the two versions have the same value") }
    }
}
