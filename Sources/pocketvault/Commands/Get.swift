internal import ArgumentParser
internal import Client
internal import Glibc
internal import JSON
internal import Notation

/// Prints the value of a secret.
struct Get: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print the value of a secret.",
        discussion: """
            Byte for byte, binary values too; only on a terminal a line feed follows it. \
            \(VaultOptions.rule)

            Examples:
              pocketvault get driftsentry/prod/database-url
              pocketvault get driftsentry/prod/api-keys --key stripe
              pocketvault get driftsentry/prod/jwt-secret --previous > before.txt
            """
    )
    @OptionGroup var vault: VaultOptions
    @OptionGroup var version: VersionOptions
    @Argument(help: "The secret, by name or ARN.") var name: String
    @Option(
        help: ArgumentHelp(
            "One member of a value that is a JSON object: a string as it is, all else as JSON.",
            valueName: "json-key"
        )
    )
    var key: String?

    func run() throws {
        let value = try vault.use { try $0.versionValue(of: name, version.members).value }
        Terminal.write(try bytes(of: value), to: STDOUT_FILENO)
        if Terminal.isSeen { Terminal.result("") }
    }

    private func bytes(of value: VersionValue) throws -> [UInt8] {
        guard let key else { return value.bytes }
        guard let object = value.json else {
            throw ClientError.impossible(
                "the value of \(name) is no JSON object, so it has no keys"
            )
        }
        switch object[key] {
        case nil: throw ClientError.impossible("the value of \(name) has no key \(key)")
        case .string(let text)?: return Array(text.utf8)
        case let member?: return member.jsonBytes()
        }
    }
}
