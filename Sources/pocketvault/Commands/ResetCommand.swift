internal import ArgumentParser
internal import Client
internal import JSON

/// Empties the vault of a running server, and has its seeds applied again.
struct ResetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Empty a running server's vault and apply its seeds again.",
        discussion: """
            A test sees the vault before or after it, and nothing in between. Snapshots and the \
            audit trail stay. A server that keeps a file and has no seeds needs --erase. \
            \(ServerOption.rule)

            Examples:
              pocketvault reset
              pocketvault reset --account 111122223333
            """
    )
    @OptionGroup var server: ServerOption
    @Option(help: "This account alone.") var account: String?
    @Flag(help: "Even where no seed could bring back what was there.") var erase = false
    @Flag(help: "Print the server's answer as JSON.") var json = false

    func run() throws {
        var members: [(name: String, value: JSONValue)] = []
        if let account { members.append(("account", .string(account))) }
        if erase { members.append(("erase", .bool(true))) }
        var client = try server.control()
        // It takes as long as there are secrets.
        client.timeoutSeconds = 600
        let body = JSONValue.object(JSONObject(members))
        let answer = try SeedBar.during(client) { () throws(ClientError) in
            try client.object("POST", "/_pocketvault/reset", body: body)
        }
        if json { return Terminal.result(answer.text) }
        let count = answer.members.integer("seeded") ?? 0
        Terminal.result("reset: the seeds made \(count) \(count == 1 ? "thing" : "things")")
    }
}
