internal import COpenSSL

/// Why a cryptographic operation gave no result.
///
/// It names the operation and never carries what was worked on: no key, text, length or nonce.
package enum CryptographyError: Error, Equatable, Sendable {
    /// What was asked of libcrypto.
    package enum Operation: String, Sendable {
        case sealing = "AES-256-GCM sealing"
        case opening = "AES-256-GCM opening"
        case keyDerivation = "scrypt"
        case randomBytes = "random byte generation"
    }

    /// The sealed box was altered or cut short, or key or additional data are not those it was
    /// sealed with. AES-GCM cannot tell these apart, and a caller must not be able to either.
    case authenticationFailed
    /// The key does not have the length that the operation needs.
    case wrongKeyLength(Operation)
    /// A parameter is out of range: a count below its minimum, a cost that is no power of two or
    /// needs more memory than is allowed, an input that is too long for libcrypto.
    case invalidParameter(Operation)
    /// libcrypto refused; the number is its own error code (`openssl errstr` explains it in hex),
    /// or 0 when it gave none.
    case libraryFailure(Operation, code: UInt)

    /// Makes the error for the call that just failed on this thread and empties the thread's error
    /// queue, so that a later failure is not explained with this one's reason.
    static func fromLibrary(_ operation: Operation) -> CryptographyError {
        // The oldest entry is the cause; those behind it are its callers passing it on.
        let code = ERR_get_error()
        ERR_clear_error()
        return .libraryFailure(operation, code: code)
    }
}

extension CryptographyError: CustomStringConvertible {
    /// One line for the log; holds nothing secret.
    package var description: String {
        switch self {
        case .authenticationFailed:
            "AES-256-GCM opening failed: altered data, or another key or additional data"
        case .wrongKeyLength(let operation):
            "\(operation.rawValue) failed: wrong key length"
        case .invalidParameter(let operation):
            "\(operation.rawValue) failed: parameter out of range"
        case .libraryFailure(let operation, let code):
            "\(operation.rawValue) failed: libcrypto error \(String(code, radix: 16))"
        }
    }
}
