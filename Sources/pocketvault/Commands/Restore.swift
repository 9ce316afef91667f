internal import ArgumentParser
internal import Client
internal import JSON

/// Brings a secret back that is scheduled for deletion.
struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring a secret back that is scheduled for deletion.",
        discussion: """
            Prints its ARN. \(VaultOptions.rule)

            Example:
              pocketvault restore driftsentry/dev/api-keys
            """
    )
    @OptionGroup var vault: VaultOptions
    @Argument(help: "The secret, by name or ARN.") var name: String

    func run() throws {
        let answer = try vault.use {
            try $0.call("RestoreSecret", JSONObject(VaultClient.secret(name)))
        }
        Terminal.result(answer.text("ARN") ?? name)
    }
}
