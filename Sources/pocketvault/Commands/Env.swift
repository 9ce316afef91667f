internal import ArgumentParser
internal import Client
internal import JSON
internal import Notation
internal import PocketvaultServer
internal import System

/// Prints the variables that make AWS tools use the server.
struct Env: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "env",
        abstract: "Print the shell lines that make AWS tools use the server.",
        discussion: """
            Only Secrets Manager is redirected, unless --all-services is given. What a session \
            with AWS left in the environment is removed. A server that runs is asked for its \
            region, and where it speaks https (serve --tls) that is what tools are led to, with the \
            certificate that they are to trust. With --role, SDKs get the credentials of a role by themselves, as they do in a \
            task of ECS; for that a server must run.

            Examples:
              eval "$(pocketvault env)"
              eval "$(pocketvault env --all-services)"
              eval "$(pocketvault env --endpoint http://127.0.0.1:5000 --region eu-west-1)"
              eval "$(pocketvault env --role driftsentry-ecs-task-role)"
              pocketvault env --shell fish | source
            """
    )

    @Flag(help: "Redirect every AWS service: Terraform then needs no provider settings.")
    var allServices = false

    @Option(help: "The server. (default: http://127.0.0.1:4566, or POCKETVAULT_PORT)")
    var endpoint: String?

    @Option(help: "The account that the credentials stand for. (default: the server's own)")
    var account: String?

    @Option(help: "The region. (default: us-east-1)")
    var region: String?

    @Option(help: "Call as this role, by name or ARN.")
    var role: String?

    @Flag(help: "Print the token of the agent's endpoint as well, and its port.")
    var agent = false

    @Option(help: "How the variables are written: sh, fish, powershell, dotenv or json.")
    var shell = EnvironmentFormat.sh

    func validate() throws {
        _ = try lines(Environment())
    }

    func run() throws {
        let environment = Environment()
        var lines = try lines(environment)
        if let health = Env.health(of: lines) {
            if region == nil, environment.option("region") == nil,
                let told = health.text("region"), Region.isName(told)
            {
                lines.region = told
            }
            useTLS(by: health, in: &lines)
        }
        if agent { lines.agent = try Env.agent(environment) }
        if let role { lines.credentials = try credentials(of: role, environment) }
        Terminal.result(lines.text(shell))
    }

    private func lines(_ environment: Environment) throws -> EnvironmentLines {
        let port = environment.option("port") ?? "4566"
        let endpoint = endpoint ?? "http://127.0.0.1:\(port == "0" ? "4566" : port)"
        guard Endpoint(endpoint) != nil else {
            throw ValidationError("The endpoint '\(endpoint)' is not a URL as http://host:port.")
        }
        let account = account ?? environment.option("account")
        if let account, !AccountID.isValid(account) {
            throw ValidationError("The account '\(account)' is not twelve digits.")
        }
        let region = region ?? environment.option("region") ?? "us-east-1"
        guard Region.isName(region) else {
            throw ValidationError("The region '\(region)' is not a region's name.")
        }
        return EnvironmentLines(
            endpoint: endpoint,
            region: region,
            credentials: .account(account),
            redirectsAllServices: allServices
        )
    }

    /// What a server that runs says of itself; one that does not is waited for a second at most.
    ///
    /// It is asked without TLS, which it speaks on the same port: nobody trusts it yet.
    private static func health(of lines: EnvironmentLines) -> JSONObject? {
        guard let given = Endpoint(lines.endpoint),
            let address = given.isEncrypted && !given.isAWS ? Endpoint(given.plainURL) : given
        else { return nil }
        var client = ServerOption.openControl(at: address)
        client.timeoutSeconds = 1
        return try? client.object("GET", "/_pocketvault/health").members
    }

    /// Leads tools to https where the server speaks it and they can trust it, unless somebody wrote
    /// http.
    private func useTLS(by health: JSONObject, in lines: inout EnvironmentLines) {
        guard case .object(let tls)? = health["tls"], let address = Endpoint(lines.endpoint),
            address.isEncrypted || endpoint == nil
        else { return }
        if tls.text("authority") == "own" {
            guard let file = tls.text("file"), let bundle = tls.text("bundle"),
                Files.isReadable(file), Files.isReadable(bundle)
            else {
                return Terminal.remark(
                    "The server speaks https as well, and the certificate to trust is no file here. To"
                        + " use it: curl -o ca.pem \(address.plainURL)/_pocketvault/ca.pem, and name"
                        + " ca.pem in AWS_CA_BUNDLE"
                )
            }
            lines.authority = EnvironmentLines.Authority(file: file, bundle: bundle)
        }
        lines.endpoint = "https://\(address.authority)"
    }

    /// Asks the server where a role's credentials are.
    private func credentials(
        of role: String,
        _ environment: Environment
    ) throws -> EnvironmentLines.Credentials {
        guard let address = Endpoint(try lines(environment).endpoint) else {
            throw ValidationError("The endpoint is no URL.")
        }
        let place = try RoleCredentials(try ServerOption.client(at: address)).place(
            ofRole: role,
            account: account ?? environment.option("account")
        )
        return .role(uri: place.uri, token: place.token)
    }

    /// The token is where a server on this machine looks for it, or left it.
    private static func agent(_ environment: Environment) throws -> EnvironmentLines.Agent {
        do throws(StartError) {
            let token = try AgentToken.known(
                file: environment.option("agent-token-file"),
                environment: environment.variables,
                database: environment.option("database") ?? Configuration().database
            )
            guard let token else {
                throw StartError(
                    description: "there is no token of an agent here; start pocketvault serve"
                        + " --agent-port 2773, which makes one or tells it"
                )
            }
            return EnvironmentLines.Agent(
                port: environment.option("agent-port") ?? "2773",
                token: token.text
            )
        } catch {
            Terminal.failure(error.description)
            throw ExitCode(1)
        }
    }
}
