internal import ArgumentParser
internal import Client
internal import JSON

/// Makes the version before the current one the current one again.
struct Rollback: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Make the previous version the current one again.",
        discussion: """
            Moves the label AWSCURRENT; the version that had it becomes AWSPREVIOUS, so that a \
            second rollback undoes the first. Prints the id of the version that is current now. \
            \(VaultOptions.rule)

            Examples:
              pocketvault rollback driftsentry/prod/api-keys
              pocketvault rollback driftsentry/prod/api-keys --to VERSION-ID
            """
    )
    @OptionGroup var vault: VaultOptions
    @Argument(help: "The secret, by name or ARN.") var name: String
    @Option(
        help: ArgumentHelp("The version to go back to, by its id.", valueName: "version-id")
    )
    var to: String?

    func run() throws {
        let target = try vault.use { vault in
            let labels = try vault.labels(of: name).versions
            guard let target = to ?? labels[StagingLabel.previous] else {
                throw ClientError.impossible(
                    "\(name) has no version before the current one; see pocketvault history \(name)"
                )
            }
            var members =
                VaultClient.secret(name) + [
                    ("VersionStage", .string(StagingLabel.current)),
                    ("MoveToVersionId", .string(target)),
                ]
            if let current = labels[StagingLabel.current] {
                guard current != target else { return target }
                members.append(("RemoveFromVersionId", .string(current)))
            }
            try vault.call("UpdateSecretVersionStage", JSONObject(members))
            return target
        }
        Terminal.result(target)
    }
}
