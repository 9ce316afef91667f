internal import ArgumentParser
internal import Client
internal import JSON
internal import Notation
internal import System

/// Opens the value of a secret in an editor.
struct Edit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Change the value of a secret in an editor.",
        discussion: """
            $VISUAL or $EDITOR opens a file that only you can read, in memory where the system has \
            a place for that (/dev/shm, else TMPDIR). It is overwritten and removed afterwards; \
            only when the new value cannot be stored it stays, and you are told where. The line \
            feed that an editor adds at the end is taken away again. When nothing was changed \
            nothing is stored. Prints the id of the new version. \(VaultOptions.rule)

            Examples:
              pocketvault edit driftsentry/local/api-keys
              EDITOR='code --wait' pocketvault edit driftsentry/local/api-keys
            """
    )
    @OptionGroup var vault: VaultOptions
    @Argument(help: "The secret, by name or ARN.") var name: String

    func run() throws {
        Signals.forbidCoreDumps()
        let environment = Environment()
        try vault.use { vault in
            let (value, versionID) = try vault.versionValue(of: name)
            let folder = try PrivateFolder(
                in: ["/dev/shm", environment.variable("TMPDIR") ?? "", "/tmp"]
            )
            var isKept = false
            defer { if !isKept { folder.wipe() } }
            // An editor knows by the end of the name what it shows.
            let file = try folder.write(
                value.bytes,
                as: value.json == nil ? "value" : "value.json"
            )
            try Editor(environment).open(file)
            guard let edited = Files.contents(of: file) else {
                throw ClientError.impossible("the editor removed its file; nothing was stored")
            }
            guard let changed = Edit.changed(value, to: edited) else {
                return Terminal.remark("nothing was changed, and nothing stored")
            }
            do {
                try check(changed, against: value)
                Terminal.result(try store(changed, after: versionID, in: vault))
            } catch let error as ClientError {
                isKept = true
                throw ClientError.impossible("\(error); what you wrote is in \(file): delete it")
            }
        }
    }

    /// The value in place of the one that was; nil when it is the same.
    static func changed(_ value: VersionValue, to bytes: [UInt8]) -> VersionValue? {
        var bytes = bytes
        let lineFeed = UInt8(ascii: "\n")
        if value.bytes.last != lineFeed, bytes.last == lineFeed { bytes.removeLast() }
        guard bytes != value.bytes else { return nil }
        if case .binary = value { return .binary(bytes) }
        return VersionValue(bytes)
    }

    private func check(_ changed: VersionValue, against value: VersionValue) throws {
        if case .binary = changed, case .text = value {
            throw ClientError.impossible("it was text and is no UTF-8 any more")
        }
        guard value.json == nil || changed.json != nil else {
            throw ClientError.impossible("it was a JSON object and is none any more")
        }
    }

    private func store(
        _ value: VersionValue,
        after versionID: String,
        in vault: VaultClient
    ) throws -> String {
        guard try vault.labels(of: name).versions[StagingLabel.current] == versionID else {
            throw ClientError.impossible("somebody stored another value of \(name) meanwhile")
        }
        let members = JSONObject(VaultClient.secret(name) + [value.member])
        return try vault.call("PutSecretValue", members).text("VersionId") ?? ""
    }
}
