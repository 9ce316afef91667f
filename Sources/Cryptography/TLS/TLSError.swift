internal import COpenSSL

/// Why there is no key, certificate or TLS; it says of no key what is in it.
package enum TLSError: Error, Equatable, Sendable, CustomStringConvertible {
    case noCertificate
    case noKey
    /// The key is under a passphrase.
    case lockedKey
    /// The key belongs to another certificate.
    case otherKey
    /// The certificate may not sign others.
    case noAuthority
    /// What cannot stand in a certificate as a name.
    case noName(String)
    /// OpenSSL refused; the text is its own.
    case library(String)

    package var description: String {
        switch self {
        case .noCertificate: "there is no certificate in PEM"
        case .noKey: "there is no private key in PEM"
        case .lockedKey: "the private key is under a passphrase"
        case .otherKey: "the private key is not that of the certificate"
        case .noAuthority: "the certificate is not one of an authority"
        case .noName(let text): "'\(text)' is no name for a certificate"
        case .library(let reason): "OpenSSL: \(reason)"
        }
    }

    /// Makes the error for the call that just failed on this thread, and empties its queue of errors.
    static func fromLibrary() -> TLSError {
        let code = ERR_get_error()
        ERR_clear_error()
        let text = ERR_reason_error_string(code).map { String(cString: $0) }
        return .library(text ?? "error \(String(code, radix: 16))")
    }
}
