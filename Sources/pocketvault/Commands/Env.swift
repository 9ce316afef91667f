internal import ArgumentParser
internal import PocketvaultServer

/// Prints the variables that make AWS tools use the server.
struct Env: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the shell lines that make AWS tools use the server.",
        discussion: """
            Only Secrets Manager is redirected, unless --all-services is given.

            Examples:
              eval "$(pocketvault env)"
              eval "$(pocketvault env --all-services)"
              eval "$(pocketvault env --endpoint http://127.0.0.1:5000 --region eu-west-1)"
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

    func validate() throws {
        _ = try lines(Environment())
    }

    func run() throws {
        Terminal.result(try lines(Environment()).text)
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
        guard RegionName.isValid(region) else {
            throw ValidationError("The region '\(region)' is not a region's name.")
        }
        return EnvironmentLines(
            endpoint: endpoint,
            region: region,
            account: account,
            redirectsAllServices: allServices
        )
    }
}

/// The lines `export NAME=value;` for a shell.
struct EnvironmentLines {
    let endpoint: String
    let region: String
    /// An access key id of twelve digits is the account; any other is the server's own.
    var account: String?
    var redirectsAllServices = false

    var text: String {
        let endpointName =
            redirectsAllServices ? "AWS_ENDPOINT_URL" : "AWS_ENDPOINT_URL_SECRETS_MANAGER"
        let variables = [
            (endpointName, endpoint),
            ("AWS_ACCESS_KEY_ID", account ?? "pocketvault"),
            ("AWS_SECRET_ACCESS_KEY", "pocketvault"),
            ("AWS_DEFAULT_REGION", region),
            ("AWS_REGION", region),
            ("AWS_PAGER", ""),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ]
        return variables.map { "export \($0)=\(EnvironmentLines.quoted($1));" }
            .joined(separator: "\n")
    }

    /// Quoted for a POSIX shell where it needs to be.
    static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard !isPlain else { return text }
        return "'"
            + text.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }
}
