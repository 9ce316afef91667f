internal import ArgumentParser
internal import Client
internal import Glibc
internal import JSON
internal import System

/// Works with seed documents, which say what a vault holds.
struct Seed: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed",
        abstract: "Make a vault as seed documents have it, or write one of a vault.",
        subcommands: [Apply.self, Diff.self, Export.self]
    )

    struct Apply: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "apply",
            abstract: "Make what is missing in a vault, and change what differs.",
            discussion: """
                All of it is done, or nothing. A second run changes nothing. What a document does \
                not name stays as it is; a new version is made only where the value is another; \
                values that are generated or invented are made once. Documents that name no account \
                and region are about the server's own. \(VaultOptions.rule)

                Examples:
                  pocketvault seed apply seed/
                  pocketvault seed apply seed/ --prune --dry-run
                  aws secretsmanager list-secrets --profile prod \\
                    | pocketvault seed apply - --synthesize
                """
        )
        @OptionGroup var input: SeedInput
        @Flag(
            help: """
                Remove for good the secrets, and with them users, roles and policies where there \
                are any in the documents, that no document has.
                """
        )
        var prune = false
        @Flag(help: "Only say what would be done.") var dryRun = false
        @Flag(help: "Print the server's answer as JSON.") var json = false
        @OptionGroup var vault: VaultOptions

        func run() throws {
            var order = try SeedOrder(input)
            order.prunes = prune
            order.isRehearsal = dryRun
            let answer = try vault.use { try order.send(to: $0) }
            guard !json else { return Terminal.result(JSONValue.object(answer).jsonText()) }
            let report = SeedReport(answer)
            let lines = report.lines(
                dryRun
                    ? ("would create", "would change", "would remove")
                    : ("created", "changed", "removed")
            )
            for line in lines { Terminal.result(line) }
            Terminal.remark(report.sum)
        }
    }

    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff",
            abstract: "Say how a vault differs from seed documents.",
            discussion: """
                A line for what is missing (+), what differs (~), and what no document has (-); no \
                values. The exit code is 1 when there is a difference. \(VaultOptions.rule)

                Example:
                  pocketvault seed diff seed/
                """
        )
        @OptionGroup var input: SeedInput
        @Flag(help: "Print the server's answer as JSON.") var json = false
        @OptionGroup var vault: VaultOptions

        func run() throws {
            var order = try SeedOrder(input)
            order.prunes = true
            order.isRehearsal = true
            let answer = try vault.use { try order.send(to: $0) }
            let report = SeedReport(answer)
            if json {
                Terminal.result(JSONValue.object(answer).jsonText())
            } else {
                for line in report.lines(("+", "~", "-")) { Terminal.result(line) }
                if report.isEmpty { Terminal.remark("the vault is as the documents have it") }
            }
            guard report.isEmpty else { throw ExitCode(1) }
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Write a seed document that gives the same vault.",
            discussion: """
                KMS keys with aliases and policies; users, roles, policies; secrets with versions, \
                labels, tags, rotation, policies, replicas and a deletion that is scheduled. \
                Without --with-values the versions wait for their values, and access keys are left \
                out. Never in it: what KMS keys seal with, grants, versions without labels, dates, \
                and the audit trail. \(VaultOptions.rule)

                Examples:
                  pocketvault seed export --output seed/vault.json
                  pocketvault seed export --with-values --output backup.json
                """
        )
        @Flag(help: "Write values and access keys too.") var withValues = false
        @Option(
            help: "A file for its owner alone, in place of standard output.",
            completion: .file()
        )
        var output: String?
        @Flag(help: "Put the file in place of one that is there.") var force = false
        @Option(help: "The account. (default: the caller's own)") var account: String?
        @OptionGroup var vault: VaultOptions

        func run() throws {
            let path = ControlPath.with(
                "/_pocketvault/seed",
                [("account", account), ("values", withValues ? "true" : nil)]
            )
            try vault.use { client in
                var control = client.control
                control.timeoutSeconds = 600
                guard let output else {
                    return try control.download(path) { Terminal.write($0, to: STDOUT_FILENO) }
                }
                guard force || !Files.exists(output) else {
                    throw ClientError.impossible(
                        "\(output) is there already; --force puts another in its place"
                    )
                }
                try NewFile(output, replacing: force).write { take in
                    try control.download(path) { try take($0) }
                }
                let remark = withValues ? ", values in the clear, for its owner alone (0600)" : ""
                Terminal.remark("pocketvault: wrote \(output)\(remark)")
            }
        }
    }
}
