internal import ArgumentParser
internal import Client
internal import JSON

/// Takes snapshots of a running server's vault, and puts them back.
struct SnapshotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Keep what a running server's vault holds, and put it back.",
        discussion: """
            A snapshot has secrets, keys, users, roles and the rows of ECS, of all accounts or of \
            one; the trail, the clock and faults are not in it. Taking one under a name that is \
            there replaces that one. \(ServerOption.rule)

            Examples:
              pocketvault snapshot take clean
              pocketvault snapshot restore clean
              pocketvault snapshot take before-rotation --account 111122223333
              pocketvault snapshot list
              pocketvault snapshot drop clean
            """,
        subcommands: [Take.self, Restore.self, List.self, Drop.self]
    )

    private static let path = "/_pocketvault/snapshots"

    struct Take: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take",
            abstract: "Keep what is there now."
        )
        @OptionGroup var server: ServerOption
        @Argument(help: "Letters, digits, dots, underscores and hyphens.") var name: String
        @Option(help: "Of this account alone.") var account: String?
        @Flag(help: "Print the server's answer as JSON.") var json = false

        func run() throws {
            let answer = try SnapshotCommand.post(name, account, server)
            Terminal.result(json ? answer.text : SnapshotCommand.describe("took", answer.members))
        }
    }

    struct Restore: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "restore",
            abstract: "Put back what was kept, in place of what is there now."
        )
        @OptionGroup var server: ServerOption
        @Argument(help: "The name under which it was kept.") var name: String
        @Option(help: "This account alone.") var account: String?
        @Flag(help: "Print the server's answer as JSON.") var json = false

        func run() throws {
            let answer = try SnapshotCommand.post(name, account, server, "/restore")
            Terminal.result(
                json ? answer.text : SnapshotCommand.describe("restored", answer.members)
            )
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List what is kept."
        )
        @OptionGroup var server: ServerOption
        @Flag(help: "Print the server's answer as JSON.") var json = false

        func run() throws {
            let answer = try server.control().object("GET", SnapshotCommand.path)
            if json { return Terminal.result(answer.text) }
            let rows = answer.members.objects("snapshots").map { snapshot in
                [
                    snapshot.text("name") ?? "", snapshot.text("takenAt") ?? "",
                    SnapshotCommand.count(snapshot), snapshot.text("account") ?? "all accounts",
                ]
            }
            for line in TextColumns.lines(rows, right: [2]) { Terminal.result(line) }
        }
    }

    struct Drop: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "drop",
            abstract: "Forget what is kept."
        )
        @OptionGroup var server: ServerOption
        @Argument(help: "The name under which it was kept.") var name: String

        func run() throws {
            _ = try server.control().object(
                "DELETE",
                ControlPath.below(SnapshotCommand.path, name)
            )
        }
    }

    private static func post(
        _ name: String,
        _ account: String?,
        _ server: ServerOption,
        _ verb: String = ""
    ) throws -> (members: JSONObject, text: String) {
        let members = account.map { [(name: "account", value: JSONValue.string($0))] } ?? []
        var client = try server.control()
        client.timeoutSeconds = 600
        return try client.object(
            "POST",
            ControlPath.below(path, name) + verb,
            body: .object(JSONObject(members))
        )
    }

    private static func describe(_ verb: String, _ snapshot: JSONObject) -> String {
        "\(verb) \(snapshot.text("name") ?? ""): \(count(snapshot))"
    }

    private static func count(_ snapshot: JSONObject) -> String {
        let count = snapshot.integer("secrets") ?? 0
        return "\(count) \(count == 1 ? "secret" : "secrets")"
    }
}
