internal import ArgumentParser

/// Shows who did what, from a running server's audit trail.
struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show who did what to which secret.",
        discussion: """
            A line for each call: time, operation, secret, caller, address, and the error of a \
            refused one. No line holds a secret value. \(ServerOption.rule)

            Examples:
              pocketvault audit --secret driftsentry/prod/database-url
              pocketvault audit --failed --since 2026-11-24T00:00:00Z
              pocketvault audit --follow --json
            """
    )
    @OptionGroup var trail: TrailCall
    @Option(help: "Of one secret, by its name or ARN.") var secret: String?
    @Option(help: "Of one operation or event, as GetSecretValue.") var event: String?
    @Option(help: "Of one caller, by its ARN.") var principal: String?
    @Option(help: "From a moment on, as 2026-11-24T10:00:00Z.") var since: String?
    @Option(help: "Up to a moment.") var until: String?
    @Flag(help: "Only what failed or was refused.") var failed = false

    func run() throws {
        var fields = [
            ("secret", secret), ("event", event), ("principal", principal), ("since", since),
            ("until", until),
        ]
        if failed { fields.append(("failed", "true")) }
        try trail.show(fields, command: "audit")
    }
}
