internal import ArgumentParser
internal import Client
internal import Glibc
internal import PocketvaultServer

/// Copies a vault.
struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy a vault, while it is served or not.",
        discussion: """
            The copy is one file, as the vault was at one moment. Values in it are sealed as they \
            are in the vault, and only the vault's master key opens it: keep a copy of \
            .pocketvault/vault.key, or of what you gave in its place, somewhere else than this \
            one. Nothing is ever overwritten. Where signatures are verified it needs the key of \
            the server's root. \(ServerOption.rule)

            Examples:
              pocketvault backup vault-2026-11-29.db
              pocketvault backup copy.db --database .pocketvault/vault.db
              pocketvault serve --database copy.db --master-key-file vault.key
            """
    )
    @OptionGroup var server: ServerOption
    @Option(help: "The vault's file, in place of a server; it may be served all the same.")
    var database: String?
    @Argument(help: "Where the copy goes; there must be nothing yet.") var path: String

    func validate() throws {
        guard server.endpoint == nil || database == nil else {
            throw ValidationError("Give --endpoint or --database, not both.")
        }
    }

    func run() throws {
        if let database {
            do throws(StartError) {
                try UnservedFile.copy(database, to: path)
            } catch {
                Terminal.failure(error.description)
                throw ExitCode(1)
            }
        } else {
            try download()
        }
        Terminal.remark("\(path) opens with the vault's master key only; keep that apart from it")
    }

    private func download() throws {
        guard unsafe access(path, F_OK) != 0 else {
            Terminal.failure("\(path) is there already, and a copy replaces nothing")
            throw ExitCode(1)
        }
        var client = try server.control()
        client.timeoutSeconds = 600
        try NewFile(path).write { take in
            try client.download("/_pocketvault/backup", take)
        }
    }
}
