internal import HTTPServer
internal import JSON

/// Says how a client can trust the server: by its authority's certificate.
struct TLSControl: Sendable {
    static let path = "/_pocketvault/ca.pem"

    private let tls: ServerTLS?
    /// Whether clients may be on another machine, to whom no path here is of use.
    private let isBeyondLoopback: Bool

    init(of vault: OpenVault) {
        tls = vault.tls
        isBeyondLoopback = vault.configuration.http.isBeyondLoopback
    }

    /// Gives the certificate itself, as a file for clients to name.
    func give() -> Answer {
        guard let authority = tls?.authority else {
            return ControlAnswer.error(
                404,
                "NotFound",
                tls == nil
                    ? "This server speaks no TLS; serve with --tls."
                    : "This server's certificate was given to it, and is not of an authority of its own."
            )
        }
        return Answer(
            HTTPResponse(
                status: 200,
                headers: [
                    ("Content-Type", "application/x-pem-file"), ("Cache-Control", "no-store"),
                ],
                body: authority.pem
            )
        )
    }

    /// What health says of it, where TLS is spoken.
    func write(to writer: inout JSONWriter) {
        guard let tls else { return }
        writer.name("tls")
        writer.beginObject()
        writer.name("authority")
        writer.string(tls.authority == nil ? "given" : "own")
        if let authority = tls.authority, !isBeyondLoopback {
            writer.name("file")
            writer.string(authority.path)
            writer.name("bundle")
            writer.string(authority.bundlePath)
        }
        writer.endObject()
    }
}
