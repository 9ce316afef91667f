internal import ArgumentParser
internal import Client
internal import JSON

/// Deletes a secret.
struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "Delete a secret, after a window in which it can be restored.",
        discussion: """
            Prints when it is gone for good; until then pocketvault restore brings it back. \
            \(VaultOptions.rule)

            Examples:
              pocketvault rm driftsentry/dev/api-keys
              pocketvault rm driftsentry/dev/api-keys --days 7
              pocketvault rm driftsentry/dev/api-keys --force
            """
    )
    @OptionGroup var vault: VaultOptions
    @Argument(help: "The secret, by name or ARN.") var name: String
    @Option(help: "How many days it can be restored, 7 to 30. (default: 30)") var days: Int64?
    @Flag(help: "At once, and for good.") var force = false

    func validate() throws {
        guard days == nil || !force else {
            throw ValidationError("Give --days or --force, not both.")
        }
        if let days, !(7...30).contains(days) {
            throw ValidationError("--days is a number from 7 to 30.")
        }
    }

    func run() throws {
        let answer = try vault.use { vault in
            // A forced deletion of what is not there is no error of AWS's; a typing mistake is one.
            if force { _ = try vault.labels(of: name) }
            var members = VaultClient.secret(name)
            if force { members.append(("ForceDeleteWithoutRecovery", .bool(true))) }
            if let days { members.append(("RecoveryWindowInDays", .number(JSONNumber(days)))) }
            return try vault.call("DeleteSecret", JSONObject(members))
        }
        Terminal.result(answer.time("DeletionDate") ?? "")
    }
}
