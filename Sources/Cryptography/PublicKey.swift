internal import COpenSSL

/// A public key that signatures are verified with: of RSA, or on the curve P-256.
///
/// [JSON Web Algorithms](https://www.rfc-editor.org/rfc/rfc7518#section-3)
package struct PublicKey: Sendable {
    /// How its signatures are made, as the header of a token says it.
    package enum Algorithm: String, Sendable {
        /// RSASSA-PKCS1-v1_5 with SHA-256.
        case rs256 = "RS256"
        /// ECDSA on P-256 with SHA-256.
        case es256 = "ES256"
    }

    package let algorithm: Algorithm
    /// As a SubjectPublicKeyInfo, which libcrypto reads.
    private let encoded: [UInt8]

    /// The length of a coordinate on the curve, and of each half of a signature.
    private static let coordinateLength = 32
    /// The shortest modulus that RS256 allows.
    private static let minimumModulusLength = 256

    /// A key of RSA; nil for a modulus that is too short, or no key at all.
    package init?(modulus: [UInt8], exponent: [UInt8]) {
        let digits = modulus.drop { $0 == 0 }
        guard digits.count >= Self.minimumModulusLength else { return nil }
        let key = DER.sequence(DER.integer(digits) + DER.integer(exponent[...]))
        self.init(
            .rs256,
            DER.sequence(DER.sequence(DER.rsaEncryption + DER.null) + DER.bitString(key))
        )
    }

    /// A point on the curve P-256; nil for what is none.
    package init?(x: [UInt8], y: [UInt8]) {
        guard x.count == Self.coordinateLength, y.count == Self.coordinateLength else { return nil }
        let kind = DER.sequence(DER.ecPublicKey + DER.prime256v1)
        // 4 says that both coordinates follow.
        self.init(.es256, DER.sequence(kind + DER.bitString([4] + x + y)))
    }

    private init?(_ algorithm: Algorithm, _ encoded: [UInt8]) {
        self.algorithm = algorithm
        self.encoded = encoded
        guard withKey({ _ in true }) == true else { return nil }
    }

    /// Whether a signature of a text was made with the private half of the key.
    package func verifies(_ signature: [UInt8], of text: [UInt8]) -> Bool {
        var signature = signature
        if algorithm == .es256 {
            guard signature.count == 2 * Self.coordinateLength else { return false }
            let halves = (
                signature.prefix(Self.coordinateLength), signature.suffix(Self.coordinateLength)
            )
            signature = DER.sequence(DER.integer(halves.0) + DER.integer(halves.1))
        }
        let isValid = withKey { key in
            guard let context = EVP_MD_CTX_new() else { return false }
            defer { EVP_MD_CTX_free(context) }
            guard EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1 else {
                return false
            }
            return EVP_DigestVerify(context, signature, signature.count, text, text.count) == 1
        }
        // What libcrypto has against a signature is nobody's reason for anything later.
        ERR_clear_error()
        return isValid ?? false
    }

    /// Nil when libcrypto makes no key of it.
    private func withKey<Answer>(_ body: (OpaquePointer) -> Answer) -> Answer? {
        encoded.withUnsafeBufferPointer { bytes in
            var start = bytes.baseAddress
            guard let key = d2i_PUBKEY(nil, &start, bytes.count) else {
                ERR_clear_error()
                return nil
            }
            defer { EVP_PKEY_free(key) }
            return body(key)
        }
    }
}

/// The little of ASN.1's distinguished encoding rules that a key and a signature need.
private enum DER {
    static let null: [UInt8] = [5, 0]
    static let rsaEncryption: [UInt8] = [6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1]
    static let ecPublicKey: [UInt8] = [6, 7, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1]
    static let prime256v1: [UInt8] = [6, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7]

    static func sequence(_ content: [UInt8]) -> [UInt8] { element(0x30, content) }

    /// With no unused bits at its end.
    static func bitString(_ content: [UInt8]) -> [UInt8] { element(3, [0] + content) }

    /// A number that is not negative, most significant byte first.
    static func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let digits = Array(bytes.drop { $0 == 0 })
        let isHigh = digits.first.map { $0 >= 0x80 } ?? true
        return element(2, (isHigh ? [0] : []) + digits)
    }

    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        var rest = content.count
        while rest > 0 {
            length.insert(UInt8(rest & 0xFF), at: 0)
            rest >>= 8
        }
        let isShort = content.count < 0x80
        let head = isShort ? [UInt8(content.count)] : [0x80 | UInt8(length.count)] + length
        return [tag] + head + content
    }
}
