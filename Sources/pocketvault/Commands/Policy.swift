internal import ArgumentParser
internal import Client
internal import Glibc
internal import JSON
internal import Notation

/// Says what policies decide and why, and which policy would do.
struct Policy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Explain, simulate and suggest policies.",
        discussion: """
            Asks a running server, whatever its --iam is. \(ServerOption.rule)

            Examples:
              pocketvault policy explain
              pocketvault policy simulate --action secretsmanager:GetSecretValue \\
                --principal arn:aws:iam::000000000000:role/task --secret prod/database-url
              pocketvault policy suggest --principal arn:aws:iam::000000000000:role/task
            """,
        subcommands: [Explain.self, Simulate.self, Suggest.self]
    )

    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract: "Say which statement decided a call, or what came nearest.",
            discussion: """
                Without an argument it is the newest call that policies had something against. A \
                call that was let in is explained by the policies as they are now.
                """
        )
        @OptionGroup var server: ServerOption
        @Argument(help: "The x-amzn-RequestId of a call.") var requestID: String?
        @Flag(help: "Print the server's answer as JSON.") var json = false

        func run() throws {
            let client = try server.control()
            // A read reaches the trail within 100 ms, and who asks has perhaps just made it.
            if requestID != nil { usleep(120_000) }
            let query = requestID.map { "?request=\(TrailCall.escaped($0))" } ?? ""
            let answer = try client.object("GET", "/_pocketvault/policy/explain\(query)")
            guard !json else { return Terminal.result(answer.text) }
            let call = ["time", "principal", "action", "resource"]
                .compactMap { answer.members.text($0) }
            Terminal.result(call.joined(separator: " "))
            Terminal.result(answer.members.text("explanation") ?? "")
        }
    }

    struct Simulate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "simulate",
            abstract: "Say whether a call would be allowed, before anybody makes it.",
            discussion: """
                What the call needs besides its own action is looked at too: the use of the key \
                that a secret is under, the trust policy of a role that is assumed.
                """
        )
        @OptionGroup var server: ServerOption
        @Option(help: "Who would call, by ARN.") var principal: String
        @Option(help: "As in secretsmanager:GetSecretValue.") var action: String
        @Option(help: "A secret, by name or ARN; it need not be there.") var secret: String?
        @Option(help: "Something else, by ARN, as the role of sts:AssumeRole.") var resource:
            String?
        @Option(help: "Where the call would be made.") var region: String?
        @Option(
            name: .customLong("context"),
            help: ArgumentHelp(
                "A condition key of the call; may be repeated.",
                valueName: "key=value"
            )
        )
        var context: [String] = []
        @Flag(help: "Print the server's answer as JSON.") var json = false

        func validate() throws {
            guard secret == nil || resource == nil else {
                throw ValidationError("Give --secret or --resource, not both.")
            }
            guard context.allSatisfy({ $0.contains("=") }) else {
                throw ValidationError("--context is as in aws:RequestTag/team=payments.")
            }
        }

        func run() throws {
            let client = try server.control()
            let answer = try client.object(
                "POST",
                "/_pocketvault/policy/simulate",
                body: .object(JSONObject(members))
            )
            Terminal.result(json ? answer.text : answer.members.text("explanation") ?? "")
        }

        private var members: [(name: String, value: JSONValue)] {
            var values: [String: [JSONValue]] = [:]
            for pair in context {
                let parts = pair.split(
                    separator: "=",
                    maxSplits: 1,
                    omittingEmptySubsequences: false
                )
                values[String(parts[0]), default: []].append(.string(String(parts[1])))
            }
            let keys = values.sorted { $0.key < $1.key }
                .map { (name: $0.key, value: JSONValue.array($0.value)) }
            let texts = [
                ("principal", principal), ("action", action), ("secret", secret),
                ("resource", resource), ("region", region),
            ]
            return texts.compactMap { name, text in text.map { (name, .string($0)) } }
                + [("context", .object(JSONObject(keys)))]
        }
    }

    struct Suggest: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "suggest",
            abstract: "Write the least policy that somebody's calls need.",
            discussion: """
                Looks at the calls in the audit trail. The policy goes to standard output; what \
                is granted and was never used, and what the trail tells too little of, to \
                standard error. Without such calls there is no policy.
                """
        )
        @OptionGroup var server: ServerOption
        @Option(help: "A user, or a role with all its sessions, by ARN.") var principal: String
        @Flag(help: "Print the server's answer as JSON.") var json = false

        func run() throws {
            var client = try server.control()
            client.timeoutSeconds = 60
            let path = "/_pocketvault/policy/suggest?principal=\(TrailCall.escaped(principal))"
            let answer = try client.object("GET", path)
            guard !json else { return Terminal.result(answer.text) }
            if let policy = answer.members["policy"] {
                Terminal.result(policy.jsonText(pretty: true))
            } else {
                Terminal.remark("the audit trail has no call of \(principal) that needs a policy")
            }
            let untold = Suggest.texts(answer.members["untold"])
            if !untold.isEmpty {
                Terminal.remark("left out, as the trail does not tell on what: \(untold)")
            }
            guard case .array(let unused)? = answer.members["unused"] else { return }
            for case .object(let policy) in unused {
                let name = policy.text("policy") ?? ""
                Terminal.remark("never used, of \(name): \(Suggest.texts(policy["actions"]))")
            }
        }

        /// A list of strings as a line has it.
        private static func texts(_ value: JSONValue?) -> String {
            guard case .array(let elements)? = value else { return "" }
            let texts = elements.compactMap { element -> String? in
                if case .string(let text) = element { text } else { nil }
            }
            return texts.joined(separator: ", ")
        }
    }
}
