internal import ArgumentParser
internal import Client
internal import JSON

/// Makes accounts for tests, and drops them.
struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: "Make an account for a test, or drop it.",
        discussion: """
            An account is a vault of its own on a running server. One that is made here gets a \
            number that nobody has used, and is dropped by itself when no call came to it for as \
            long as the server's --account-lifetime says. \(ServerOption.rule)

            Examples:
              eval "$(pocketvault account create --template 000000000000)"
              pocketvault account drop "$AWS_ACCESS_KEY_ID"
            """,
        subcommands: [Create.self, Drop.self]
    )

    private static let path = "/_pocketvault/accounts"

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Make an account, and print the shell lines that use it."
        )
        @OptionGroup var server: ServerOption
        @Option(help: "The account whose copy it is to be. (default: none: it is empty)")
        var template: String?
        @Option(help: "How the variables are written: sh, fish, powershell, dotenv or json.")
        var shell = EnvironmentFormat.sh

        func run() throws {
            let members = template.map { [(name: "template", value: JSONValue.string($0))] } ?? []
            let answer = try server.control().object(
                "POST",
                AccountCommand.path,
                body: .object(JSONObject(members))
            )
            let variables = [
                ("AWS_ACCESS_KEY_ID", "accessKeyId"), ("AWS_SECRET_ACCESS_KEY", "secretAccessKey"),
            ].map { (name: $0, value: answer.members.text($1) ?? "") }
            Terminal.result(shell.text(variables, unset: EnvironmentLines.left))
        }
    }

    struct Drop: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "drop",
            abstract: "Drop an account that was made, with all that is in it."
        )
        @OptionGroup var server: ServerOption
        @Argument(help: "The account, as twelve digits.") var account: String

        func run() throws {
            _ = try server.control().object(
                "DELETE",
                ControlPath.below(AccountCommand.path, account)
            )
        }
    }
}
