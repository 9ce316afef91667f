internal import ArgumentParser
internal import Client
internal import JSON
internal import Notation

/// Shows who did what, from a running server's audit trail, and whether the trail is whole.
struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Show who did what to which secret.",
        discussion: """
            A line for each call: time, operation, secret, caller, address, the error of a \
            refused one, and what policies had against it. No line holds a secret value. Standard \
            error tells when records were lost, to a full disk or to more calls than can be recorded. \
            \(ServerOption.rule)

            Examples:
              pocketvault audit --secret driftsentry/prod/database-url
              pocketvault audit --failed --since 2026-11-24T00:00:00Z
              pocketvault audit --refused
              pocketvault audit --follow --json
              pocketvault audit verify
            """,
        subcommands: [Show.self, Verify.self],
        defaultSubcommand: Show.self
    )

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show the records. (default)"
        )
        @OptionGroup var trail: TrailCall
        @Option(help: "Of one secret, by its name or ARN.") var secret: String?
        @Option(help: "Of one operation or event, as GetSecretValue.") var event: String?
        @Option(help: "Of one caller, by its ARN.") var principal: String?
        @Option(help: "From a moment on, as 2026-11-24T10:00:00Z.") var since: String?
        @Option(help: "Up to a moment.") var until: String?
        @Flag(help: "Only what failed or was refused.") var failed = false
        @Flag(help: "Only what policies refuse, or would refuse under --iam report.")
        var refused = false

        func run() throws {
            var fields = [
                ("secret", secret), ("event", event), ("principal", principal), ("since", since),
                ("until", until),
            ]
            if failed { fields.append(("failed", "true")) }
            if refused { fields.append(("refused", "true")) }
            try trail.show(fields, tellsLoss: true)
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Look whether trail and rows are as they were written.",
            discussion: """
                Follows the hash chain over the trail, and holds the rows that say who may what \
                against their seal. Ends with 1 when one was changed, removed or added behind the \
                server's back. The last hash, written down somewhere else, proves later that nothing up \
                to it was rewritten by somebody who has the master key.
                """
        )
        @OptionGroup var server: ServerOption
        @Flag(help: "Print the server's answer as JSON.") var json = false

        func run() throws {
            var client = try server.control()
            client.timeoutSeconds = 600
            let answer = try client.object("GET", "/_pocketvault/audit/verify")
            TrailCall.tellLoss(in: answer.members)
            if json { Terminal.result(answer.text) }
            if let fault = answer.members.text("fault") {
                let isOfRows = ["changedTables", "damage"].contains { answer.members[$0] != nil }
                let what = isOfRows ? "vault" : "audit trail"
                Terminal.failure("the \(what) was tampered with: \(fault)")
                throw ExitCode(1)
            }
            if !json { Terminal.result(Verify.describe(answer.members)) }
        }

        private static func describe(_ answer: JSONObject) -> String {
            func number(_ name: String) -> String {
                if case .number(let number)? = answer[name] { number.text } else { "0" }
            }
            return "intact: \(number("chained")) records to number \(number("last")); last hash"
                + " \(answer.text("hash") ?? "none")"
        }
    }
}
