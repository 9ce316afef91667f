internal import ArgumentParser
internal import Client
internal import JSON
internal import PocketvaultServer
internal import System

/// Works on a vault's master key.
struct Key: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Give a vault a new master key.",
        subcommands: [Rotate.self]
    )

    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate",
            abstract: "Give a vault a new master key, while it is served or not.",
            discussion: """
                Every key-encryption key is wrapped anew; values stay as they are. A running server \
                replaces the key in its key file. A file that nobody serves (--database) also goes \
                from one kind of key to another: the present key is found as serve finds it, the \
                new one is POCKETVAULT_NEW_MASTER_KEY, POCKETVAULT_NEW_PASSPHRASE or \
                --new-master-key-file, else a fresh one in the present key file. The former key is \
                kept beside it as vault.key.old, for copies that were made before. A crash at any \
                moment leaves a vault that opens. \(ServerOption.rule)

                Examples:
                  pocketvault key rotate
                  pocketvault key rotate --database .pocketvault/vault.db
                  POCKETVAULT_NEW_PASSPHRASE='…' pocketvault key rotate --database vault.db
                """
        )
        @OptionGroup var server: ServerOption
        @Option(help: "The file of a vault that nobody serves, in place of a server.")
        var database: String?
        @Option(help: "The present key file, with --database. (default: vault.key beside it)")
        var masterKeyFile: String?
        @Option(help: "A file with the new key, made if missing; with --database.")
        var newMasterKeyFile: String?
        @Flag(help: "Print what was done as JSON.") var json = false

        func validate() throws {
            guard server.endpoint == nil || database == nil else {
                throw ValidationError("Give --endpoint or --database, not both.")
            }
            guard database != nil || (masterKeyFile == nil && newMasterKeyFile == nil) else {
                throw ValidationError("Key files are given with --database.")
            }
        }

        func run() throws {
            var done: JSONObject
            if let database {
                done = try rotate(database, Environment())
            } else {
                let client = try server.control()
                done = try client.object(
                    "POST",
                    "/_pocketvault/key/rotate",
                    body: .object(JSONObject([]))
                ).members
            }
            if json {
                Terminal.result(JSONValue.object(done).jsonText())
            } else {
                tell(done)
            }
        }

        private func tell(_ done: JSONObject) {
            let count = done.integer("wrappedKeys") ?? 0
            let place = done.text("file").map { " in \($0)" } ?? ""
            Terminal.result(
                "new master key\(place): wrapped \(count) \(count == 1 ? "key" : "keys") anew"
            )
            if let former = done.text("formerFile") {
                Terminal.remark(
                    "the former key is \(former): copies made before now open with it; delete it"
                        + " when there are none"
                )
            }
        }

        private func rotate(_ database: String, _ environment: Environment) throws -> JSONObject {
            // A wrong path must not become an empty vault.
            guard Files.exists(database) else {
                Terminal.failure("there is no vault at \(database)")
                throw ExitCode(1)
            }
            var configuration = try ServeOptions.ofFile(at: database, environment)
            if let masterKeyFile { configuration.masterKeyFile = masterKeyFile }
            let key = try newKey(environment)
            do throws(StartError) {
                let done = try UnservedFile.rotateMasterKey(of: configuration, to: key)
                var members: [(name: String, value: JSONValue)] = [
                    ("status", .string("ok")),
                    ("wrappedKeys", .number(JSONNumber(Int64(done.wrappedKeys)))),
                ]
                if let file = done.file { members.append(("file", .string(file))) }
                if let former = done.formerFile {
                    members.append(("formerFile", .string(former)))
                }
                return JSONObject(members)
            } catch {
                Terminal.failure(error.description)
                throw ExitCode(1)
            }
        }

        private func newKey(_ environment: Environment) throws -> UnservedFile.NewKey {
            let variable = "POCKETVAULT_NEW_MASTER_KEY"
            let given: [UnservedFile.NewKey] = [
                environment.option("new-master-key").map { .base64($0, from: variable) },
                environment.option("new-passphrase").map { .passphrase($0) },
                newMasterKeyFile.map { .file($0) },
            ].compactMap(\.self)
            guard given.count <= 1 else {
                Terminal.failure("the new key is given twice; give it in one place")
                throw ExitCode(1)
            }
            return given.first ?? .fresh
        }
    }
}
