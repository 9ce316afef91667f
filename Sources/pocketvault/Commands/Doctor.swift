internal import ArgumentParser
internal import Client
internal import JSON
internal import PocketvaultServer
internal import System

/// Says what is wrong with an installation.
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is wrong with this installation.",
        discussion: """
            Looks at the port and who listens there, the permissions, the master key and the schema \
            of the vault's file, whether git ignores it, the clock, the variables of the \
            environment, and which endpoint each installed client of AWS would use. Changes \
            nothing. Ends with 1 when there is a problem. \(ServerOption.rule)

            Examples:
              pocketvault doctor
              pocketvault doctor --database vaults/shop.db --json
            """
    )
    @OptionGroup var server: ServerOption
    @Option(help: "The vault's file. (default: .pocketvault/vault.db, or POCKETVAULT_DATABASE)")
    var database: String?
    @Flag(help: "Print what was found as JSON.") var json = false

    func run() throws {
        let environment = Environment()
        let address = try server.address()
        var control = try server.openControl()
        control.timeoutSeconds = 2
        let configuration = try ServeOptions.ofFile(
            at: database ?? environment.option("database") ?? Configuration().database,
            environment
        )
        let shared = SharedConfiguration(environment, text: Doctor.sharedText(environment))
        let found =
            ServerExam(control: control, now: Machine().now()).diagnoses
            + (configuration.isInMemory ? [] : FileExam(configuration: configuration).diagnoses)
            + EnvironmentExam(
                environment: environment,
                endpoint: address,
                configuration: shared
            ).diagnoses
            + ClientExam(configuration: shared, endpoint: address).diagnoses
        if json {
            let list = JSONValue.array(found.map(\.json))
            Terminal.result(JSONValue.object(JSONObject([("diagnoses", list)])).jsonText())
        } else {
            let lines = TextColumns.lines(found.map(\.columns))
            Terminal.result(lines.joined(separator: "\n"))
        }
        guard !found.contains(where: { $0.level == .problem }) else { throw ExitCode(1) }
    }

    /// The text of AWS's shared configuration; empty when there is none.
    private static func sharedText(_ environment: Environment) -> String {
        let home = environment.variable("HOME") ?? ""
        let path = environment.variable("AWS_CONFIG_FILE") ?? "\(home)/.aws/config"
        let bytes = Files.contents(of: path) ?? []
        return String(decoding: bytes, as: UTF8.self)
    }
}
