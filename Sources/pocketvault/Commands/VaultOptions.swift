internal import ArgumentParser
internal import Client

/// Which vault a command works on, and as whom.
struct VaultOptions: ParsableArguments {
    static let rule = """
        Calls are signed with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, the key of \
        AWS_PROFILE, or that of a container's credentials; else with the pair that pocketvault \
        env prints. \(ServerOption.rule)
        """

    @OptionGroup var server: ServerOption

    @Option(help: "The file of a vault that nobody serves, in place of a server.")
    var database: String?

    @Option(help: "The region. (default: AWS_REGION, else us-east-1)")
    var region: String?

    @Option(help: "The profile in AWS's shared files whose key signs.")
    var profile: String?

    func validate() throws {
        guard server.endpoint == nil || database == nil else {
            throw ValidationError("Give --endpoint or --database, not both.")
        }
        try ServeOptions.checkRegion(region)
    }

    /// Works on the vault: a server is called over the network, a file is open for so long.
    func use<Result>(_ body: (VaultClient) throws -> Result) throws -> Result {
        let environment = Environment()
        guard let database else {
            let address = try server.address()
            let identity = try environment.identities.identity(
                profile: profile,
                region: region,
                isAWS: address.isAWS
            )
            let transport = Transports.to(
                address,
                trusting: environment.variable("AWS_CA_BUNDLE")
            )
            return try body(VaultClient(over: transport, as: identity))
        }
        let identity = try environment.identities.identity(
            profile: profile,
            region: region ?? environment.option("region"),
            isAWS: false
        )
        let file = try FileTransport(at: database, environment)
        defer { file.close() }
        return try body(VaultClient(over: file, as: identity))
    }
}
