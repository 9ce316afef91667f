/// The variables that make AWS tools use a server.
struct EnvironmentLines {
    /// With which credentials the tools call.
    enum Credentials {
        /// A key pair, of which any will do: an access key id of twelve digits is the account, every
        /// other the server's own.
        case account(String?)
        /// Those of a role, which an SDK asks for itself.
        case role(uri: String, token: String)
    }

    /// The file of an authority, and one with what the system trusts besides.
    struct Authority {
        let file: String
        let bundle: String
    }

    /// Where the agent's endpoint is, and what it asks for.
    struct Agent {
        let port: String
        let token: String
    }

    var endpoint: String
    var region: String
    /// Where the authority is that the server's certificate is of, when that is its own.
    var authority: Authority?
    var credentials = Credentials.account(nil)
    var redirectsAllServices = false
    var agent: Agent?

    /// What is set, in the order in which it is printed.
    var variables: [(name: String, value: String)] {
        let endpointName =
            redirectsAllServices ? "AWS_ENDPOINT_URL" : "AWS_ENDPOINT_URL_SECRETS_MANAGER"
        return [(endpointName, endpoint)] + authorityVariables + credentialVariables + [
            ("AWS_DEFAULT_REGION", region),
            ("AWS_REGION", region),
            ("AWS_PAGER", ""),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ] + agentVariables
    }

    /// What the AWS CLI and boto3, Node, and Go and whatever asks OpenSSL read.
    private var authorityVariables: [(name: String, value: String)] {
        guard let authority else { return [] }
        return [
            ("AWS_CA_BUNDLE", authority.bundle), ("NODE_EXTRA_CA_CERTS", authority.file),
            ("SSL_CERT_FILE", authority.bundle),
        ]
    }

    private var credentialVariables: [(name: String, value: String)] {
        switch credentials {
        case .account(let account):
            [
                ("AWS_ACCESS_KEY_ID", account ?? "pocketvault"),
                ("AWS_SECRET_ACCESS_KEY", "pocketvault"),
            ]
        case .role(let uri, let token):
            [
                ("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri),
                ("AWS_CONTAINER_AUTHORIZATION_TOKEN", token),
                // An SDK looks for keys in these files first.
                ("AWS_CONFIG_FILE", "/dev/null"),
                ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            ]
        }
    }

    /// Functions that were written for the Lambda extension send it the session token.
    private var agentVariables: [(name: String, value: String)] {
        guard let agent else { return [] }
        return [
            ("AWS_TOKEN", agent.token),
            ("AWS_SESSION_TOKEN", agent.token),
            ("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", agent.port),
        ]
    }

    /// What a session with AWS may have left.
    static let left = [
        "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN",
    ]

    /// What is left, and what SDKs would take before what is set.
    var unset: [String] {
        let names = EnvironmentLines.left.filter { agent == nil || $0 != "AWS_SESSION_TOKEN" }
        guard case .role = credentials else { return names }
        return [
            "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ROLE_ARN",
            "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
        ] + names
    }

    func text(_ format: EnvironmentFormat = .sh) -> String {
        format.text(variables, unset: unset)
    }
}
