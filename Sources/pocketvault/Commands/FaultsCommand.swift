internal import ArgumentParser
internal import Client
internal import JSON

/// Says what is to go wrong on a running server.
struct FaultsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "faults",
        abstract: "Have calls to a running server go wrong.",
        discussion: """
            A rule says which calls, and what happens to them; the first that fits hits. Rules are \
            forgotten when the server ends, and by a reset of the whole vault. Which rule hit a call \
            is in the audit trail. \(ServerOption.rule)

            Examples:
              pocketvault faults add --operation GetSecretValue --secret 'app/*' \\
                --error ThrottlingException --count 2
              pocketvault faults add --operation GetSecretValue --latency 100-400
              pocketvault faults add --operation PutSecretValue --connection resetAfterCommit --nth 3
              pocketvault faults list
              pocketvault faults clear
            """,
        subcommands: [Add.self, List.self, Clear.self]
    )

    private static let path = "/_pocketvault/faults"

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Make a rule, and print its id."
        )
        @OptionGroup var server: ServerOption
        @Option(help: "Calls of this operation, as GetSecretValue.") var operation: String?
        @Option(help: "Of this service, as signatures name it. (default: secretsmanager)")
        var service: String?
        @Option(help: "About secrets of this name, in which * stands for any characters.")
        var secret: String?
        @Option(help: "By callers of this ARN, in which * stands for any characters.")
        var principal: String?
        @Option(help: "In this account.") var account: String?
        @Option(help: "In this region.") var region: String?
        @Option(help: "The nth such call, and no other; with --count from that on.") var nth: Int?
        @Option(help: "So many such calls. (default: all)") var count: Int?
        @Option(help: "Such a share of them, from 0 to 1.") var probability: Double?
        @Option(help: "With --probability: the same calls for the same number.") var seed: Int?
        @Option(help: "For so long, in milliseconds of the vault's clock.") var expiresIn: Int?
        @Option(help: "Answer this error, by AWS's name for it.") var error: String?
        @Option(help: "The sentence of the error.") var message: String?
        @Option(help: "Hold the call for so many milliseconds, or for 100-400.") var latency:
            String?
        @Option(help: "Close the connection: resetBefore, resetAfterCommit or truncate.")
        var connection: String?
        @Option(help: "Read AWSCURRENT as it was, for so many seconds after a change.")
        var staleFor: Int?
        @Flag(help: "Tell replicas as InProgress.") var replicaInProgress = false
        @Option(help: "Fail this step of rotations, as createSecret.") var rotationStep: String?

        func run() throws {
            let answer = try server.control().object(
                "POST",
                FaultsCommand.path,
                body: .object(JSONObject(try members()))
            )
            Terminal.result(answer.members.text("id") ?? "")
        }

        private func members() throws -> [(name: String, value: JSONValue)] {
            let texts = [
                ("operation", operation), ("service", service), ("secret", secret),
                ("principal", principal), ("account", account), ("region", region),
                ("error", error), ("message", message), ("connection", connection),
                ("replica", replicaInProgress ? "inProgress" : nil),
                ("rotationStep", rotationStep),
            ]
            let numbers = [
                ("nth", nth), ("count", count), ("seed", seed),
                ("expiresInMilliseconds", expiresIn), ("staleForSeconds", staleFor),
            ]
            var members: [(name: String, value: JSONValue)] = []
            for (name, text) in texts {
                if let text { members.append((name, .string(text))) }
            }
            for (name, number) in numbers {
                if let number { members.append((name, .number(JSONNumber(Int64(number))))) }
            }
            if let probability, let number = JSONNumber(text: "\(probability)") {
                members.append(("probability", .number(number)))
            }
            if let latency {
                members.append(("latencyMilliseconds", try Add.latency(latency)))
            }
            return members
        }

        /// A number, or two with a hyphen between them.
        private static func latency(_ text: String) throws -> JSONValue {
            let numbers = text.split(separator: "-", omittingEmptySubsequences: false)
                .map { Int64($0).map { JSONValue.number(JSONNumber($0)) } }
            switch (numbers.count, numbers.first ?? nil, numbers.last ?? nil) {
            case (1, let number?, _): return number
            case (2, let from?, let to?): return .array([from, to])
            default: throw ValidationError("The latency '\(text)' is not as 400 or 100-400.")
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the rules, and how many calls each has hit."
        )
        @OptionGroup var server: ServerOption
        @Flag(help: "Print the server's answer as JSON.") var json = false

        func run() throws {
            let answer = try server.control().object("GET", FaultsCommand.path)
            if json { return Terminal.result(answer.text) }
            let rows = answer.members.objects("faults").map { fault in
                let hits = fault.integer("hits") ?? 0
                let rest = fault.members.filter { $0.name != "id" && $0.name != "hits" }
                return [
                    fault.text("id") ?? "", "\(hits) \(hits == 1 ? "hit" : "hits")",
                    JSONValue.object(JSONObject(rest)).jsonText(),
                ]
            }
            for line in TextColumns.lines(rows, right: [1]) { Terminal.result(line) }
        }
    }

    struct Clear: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "clear",
            abstract: "Forget all rules, or one."
        )
        @OptionGroup var server: ServerOption
        @Argument(help: "The id of one. (default: all)") var id: String?

        func run() throws {
            let path = id.map { ControlPath.below(FaultsCommand.path, $0) } ?? FaultsCommand.path
            _ = try server.control().object("DELETE", path)
        }
    }
}
