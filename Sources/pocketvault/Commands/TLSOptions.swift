internal import ArgumentParser
internal import PocketvaultServer

/// The options of `serve` for https.
struct TLSOptions: ParsableArguments {
    @Flag(
        help: """
            Also speak https, on the same port, by a certificate authority of the vault's own: \
            pocketvault env tells clients to trust it.
            """
    )
    var tls = false

    @Option(
        name: .customLong("tls-name"),
        help: ArgumentHelp(
            """
            A further name or address of the server in its certificate, which requests may then \
            come under; may be repeated.
            """,
            valueName: "name"
        )
    )
    var names: [String] = []

    @Option(
        name: .customLong("tls-cert"),
        help: ArgumentHelp(
            """
            A certificate of your own for https, in PEM, with those that lead to its authority after \
            it.
            """,
            valueName: "file"
        )
    )
    var certificate: String?

    @Option(
        name: .customLong("tls-key"),
        help: ArgumentHelp("The private key of --tls-cert, in PEM.", valueName: "file")
    )
    var key: String?

    /// Who vouches for the server; nil when it speaks no TLS.
    func mode(_ environment: Environment) throws -> TLSMode? {
        let names = names.isEmpty ? environment.list("tls-name") : names
        let certificate = try ServeOptions.setting(certificate, "tls-cert", environment)
        let key = try ServeOptions.setting(key, "tls-key", environment)
        let isOn = try tls || environment.option("tls").map(ServeOptions.flag) ?? false
        guard certificate == nil, key == nil else {
            guard let certificate, let key else {
                throw ValidationError("--tls-cert and --tls-key belong together: give both.")
            }
            guard names.isEmpty else {
                throw ValidationError("--tls-name cannot change the names in --tls-cert.")
            }
            return .given(certificate: certificate, key: key)
        }
        guard isOn else {
            guard names.isEmpty else { throw ValidationError("--tls-name needs --tls.") }
            return nil
        }
        for name in names where !TLSMode.isName(name) {
            throw ValidationError(
                "'\(name)' is no name for a certificate: write an address, a name, or *. and a name."
            )
        }
        return .ownAuthority(names: names)
    }
}
