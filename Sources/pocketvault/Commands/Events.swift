internal import ArgumentParser
internal import Notation

/// Shows what the vault did on its own.
struct Events: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Show rotations, deletions and replications.",
        discussion: """
            A line for each event that Secrets Manager records of itself, as RotationSucceeded. \
            \(ServerOption.rule)

            Examples:
              pocketvault events --follow
              pocketvault events --secret driftsentry/prod/database-url --json
            """
    )
    @OptionGroup var trail: TrailCall
    @Option(help: "Of one secret, by its name or ARN.") var secret: String?

    func run() throws {
        try trail.show(
            [("events", "true"), ("secret", secret)],
            tellsLoss: false
        )
    }
}
