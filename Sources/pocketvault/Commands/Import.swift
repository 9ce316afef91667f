internal import ArgumentParser
internal import Client
internal import Formats

/// Brings the secrets of a file into the vault.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Bring the secrets of a file into the vault.",
        discussion: """
            The file may be an env file, a JSON object, a shell's exports, a Secret of Kubernetes, \
            Terraform's resources or state, a script of the AWS CLI, what its batch-get-secret-value \
            prints, or a Compose file. One secret is made of \
            each name in it. Nothing in it is run, and no variable is replaced.

            When one secret cannot be written, or is there already, nothing is written.

            Examples:
              pocketvault import .env.local --prefix driftsentry/local/
              kubectl get secret app -o yaml | pocketvault import - --prefix app/

            \(VaultOptions.rule)
            """
    )

    @Argument(help: "The file; - for standard input.", completion: .file())
    var file: String

    @Option(help: "What it is. (default: told by its content)")
    var format: ImportFormat?

    @Option(help: "By whose rules an env file is read.")
    var dialect = DotenvDialect.node

    @Option(help: "What goes before each name.")
    var prefix = ""

    @Option(help: "What to do with secrets that are there already.")
    var onConflict = ConflictRule.fail

    @Flag(help: "Say what would be done, and do nothing.")
    var dryRun = false

    @OptionGroup var vault: VaultOptions

    func run() throws {
        do {
            let secrets = try read()
            try vault.use { client in
                let plan = try ImportPlan(for: secrets, in: client, onConflict)
                if dryRun { plan.show() } else { try plan.carryOut(with: client) }
            }
        } catch let error as TransferError {
            throw error.told(of: source.name)
        }
    }

    private var source: ImportSource { ImportSource(file) }

    /// The secrets of the file under their names in the vault.
    private func read() throws -> [CarriedSecret] {
        let bytes = try source.bytes()
        do throws(FormatError) {
            try EncryptedFile.refuse(bytes, path: source.path)
            let format = if let format { format } else { try ImportFormat.of(bytes) }
            let environment = Environment()
            let document = try format.document(
                bytes,
                ReadingSettings(
                    dialect: dialect,
                    file: source.bytes(ofFileNamed:),
                    variable: environment.variable
                )
            )
            for remark in document.remarks {
                Terminal.remark("pocketvault: \(source.name): line \(remark.line): \(remark.text)")
            }
            return document.secrets.map { secret in
                var secret = secret
                // Where names are whole the prefix may be in them.
                if !format.namesSecretsWhole || !secret.name.hasPrefix(prefix) {
                    secret.name = prefix + secret.name
                }
                return secret
            }
        } catch {
            throw TransferError(error)
        }
    }
}

extension SecretFormat: ExpressibleByArgument {}
extension DotenvDialect: ExpressibleByArgument {}
