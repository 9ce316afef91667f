internal import ArgumentParser
internal import Client
internal import Glibc
internal import JSON
internal import System

/// Serves tools to a model.
struct MCP: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Serve tools to AI agents that never return a secret value.",
        discussion: """
            Speaks the Model Context Protocol over standard input and output: a client starts it. \
            The tools list and describe secrets, say who read what, explain a refusal, suggest a \
            policy, check practices, rotate, create with a value that nobody sees, move the clock, \
            and run a command with secrets in its environment, masked in what it writes. \
            \(VaultOptions.rule)

            Example, in the configuration of a client:
              {"mcpServers":{"pocketvault":{"command":"pocketvault","args":["mcp"]}}}
            """
    )
    @OptionGroup var vault: VaultOptions
    @Flag(help: "Serve get_secret_value too: values then are in the context of the model.")
    var allowValues = false

    func run() throws {
        try vault.use { client in
            // A file that is open here opens nowhere else.
            let command =
                vault.database == nil
                ? CommandTool(
                    vaultOptions: vault.arguments,
                    environment: ProcessEnvironment.variables
                ).all : []
            let server = MCPServer(
                VaultTools(client: client).all + ControlTools(control: client.control).all
                    + command + (allowValues ? ValueTools(client: client).all : [])
            ) { message in
                Terminal.result(message.jsonText())
            }
            try StandardInput.forEachLine(server.receive)
            server.finish()
        }
    }
}

extension VaultOptions {
    /// As they were given, for a command that is started with the same.
    fileprivate var arguments: [String] {
        let options = [
            ("--endpoint", server.endpoint), ("--region", region), ("--profile", profile),
        ]
        return options.flatMap { name, value in value.map { [name, $0] } ?? [] }
    }
}
