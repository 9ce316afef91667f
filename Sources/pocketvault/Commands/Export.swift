internal import ArgumentParser
internal import Client
internal import Formats
internal import Glibc

/// Writes secrets as a file of another program.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write secrets as a file of another program.",
        discussion: """
            What an import reads back, or the program itself, is exactly what is in the vault. A \
            secret that the format cannot carry is refused with the reason, and then nothing is \
            written.

            Names lose the prefix. For env files and shells the rest is in capitals, with _ for what \
            is no letter or digit. Terraform and the AWS CLI get whole names.

            Examples:
              pocketvault export --format dotenv --prefix app/local/ --output .env
              pocketvault export --format kubernetes --prefix app/ | kubectl apply -f -

            \(VaultOptions.rule)
            """
    )

    @Option(help: "What to write.")
    var format: SecretFormat

    @Option(help: "By whose rules an env file is written.")
    var dialect = DotenvDialect.node

    @Option(help: "What the names of the secrets begin with. (default: every secret)")
    var prefix = ""

    @Option(
        help: """
            A file for its owner alone in place of standard output; Compose's values go into a \
            folder beside it.
            """,
        completion: .file()
    )
    var output: String?

    @Flag(help: "Put the file in place of one that is there.")
    var force = false

    @OptionGroup var vault: VaultOptions

    func run() throws {
        do {
            let target = output.map { ExportTarget(path: $0, overwrites: force) }
            try target?.check()
            let secrets = try vault.use { try CarriedSecret.all(withPrefix: prefix, in: $0) }
            guard !secrets.isEmpty else {
                throw TransferError("there is no secret whose name begins with '\(prefix)'")
            }
            let document = try document(of: secrets, values: target?.folderName)
            guard let target else {
                return Terminal.write(Array(document.text.utf8), to: STDOUT_FILENO)
            }
            try target.write(document)
            let count = "\(secrets.count) \(secrets.count == 1 ? "secret" : "secrets")"
            Terminal.remark("pocketvault: wrote \(count) to \(target.path)")
        } catch let error as TransferError {
            throw error.told(of: nil)
        }
    }

    private func document(
        of secrets: [CarriedSecret],
        values folder: String?
    ) throws(TransferError) -> WrittenDocument {
        do throws(FormatError) {
            return try format.document(
                of: secrets,
                WritingSettings(prefix: prefix, dialect: dialect, valueFolder: folder)
            )
        } catch {
            throw TransferError(error)
        }
    }
}
