internal import ArgumentParser
internal import Client
internal import JSON
internal import Notation

/// Stores a value.
struct Put: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "put",
        abstract: "Store a value: a new version, or a new secret.",
        discussion: """
            Byte for byte: no line feed is added or taken away. What is not UTF-8 is stored as a \
            binary value. A value on the command line is seen by other users of the machine and \
            kept in the shell's history; standard input and files are not. Prints the id of the \
            version. \(VaultOptions.rule)

            Examples:
              openssl rand -base64 64 | pocketvault put driftsentry/prod/jwt-secret -
              pocketvault put driftsentry/local/tls-key @key.pem --tag Project=DriftSentry
              pocketvault put driftsentry/local/log-level debug
            """
    )
    @OptionGroup var vault: VaultOptions
    @Argument(help: "The secret, by name or ARN.") var name: String
    @Argument(help: "The value, - for standard input, or @FILE. (default: -)") var value: String?
    @Flag(help: "Store it as a binary value, even if it is text.") var binary = false
    @Option(help: "What a new secret is for.") var description: String?
    @Option(
        name: .customLong("tag"),
        help: ArgumentHelp("A tag of a new secret; may be repeated.", valueName: "key=value")
    )
    var tags: [String] = []
    @Option(help: "The KMS key of a new secret.") var kmsKeyID: String?

    func validate() throws {
        _ = try TagText.pairs(tags)
    }

    func run() throws {
        let bytes = try GivenValue(value).bytes()
        let value = binary ? VersionValue.binary(bytes) : VersionValue(bytes)
        let answer = try vault.use { try store(value, in: $0) }
        Terminal.result(answer.text("VersionId") ?? "")
    }

    private func store(_ value: VersionValue, in vault: VaultClient) throws -> JSONObject {
        if try isThere(in: vault) {
            guard description == nil, tags.isEmpty, kmsKeyID == nil else {
                throw ClientError.impossible(
                    "\(name) is there already, and --description, --tag and --kms-key-id are of a"
                        + " new secret"
                )
            }
            return try vault.call(
                "PutSecretValue",
                JSONObject(VaultClient.secret(name) + [value.member])
            )
        }
        var members: [(name: String, value: JSONValue)] = [("Name", .string(name)), value.member]
        if let description { members.append(("Description", .string(description))) }
        if let kmsKeyID { members.append(("KmsKeyId", .string(kmsKeyID))) }
        if !tags.isEmpty { members.append(("Tags", TagText.json(try TagText.pairs(tags)))) }
        return try vault.call("CreateSecret", JSONObject(members))
    }

    private func isThere(in vault: VaultClient) throws(ClientError) -> Bool {
        do throws(ClientError) {
            try vault.call("DescribeSecret", JSONObject(VaultClient.secret(name)))
            return true
        } catch {
            guard error.code == "ResourceNotFoundException" else { throw error }
            return false
        }
    }
}
