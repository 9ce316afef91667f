internal import HTTPServer

/// Who says that a server which speaks TLS is who it claims to be.
package enum TLSMode: Sendable, Equatable {
    /// An authority of its own, kept beside the vault; the names are further ones of the server.
    case ownAuthority(names: [String])
    /// Whoever signed the certificate in a file; the key is in another one.
    case given(certificate: String, key: String)

    /// Whether a text can be a server's name in a certificate: an address, a name, or `*.` and a name.
    package static func isName(_ text: String) -> Bool {
        IPAddress(text) != nil || (!text.contains(":") && HostPattern(text) != nil)
    }
}
