internal import AWS
internal import Cryptography
internal import JSON
internal import Notation
internal import System

/// The keys by which the tokens of identity providers are told from false ones: a JWKS, as a provider
/// publishes it.
///
/// [JSON Web Key Set](https://www.rfc-editor.org/rfc/rfc7517#section-5)
struct WebIdentityKeys: Sendable {
    private let keys: [(id: String?, key: PublicKey)]

    /// Reads a file of keys; those of other kinds than tokens are signed with here are left out.
    ///
    /// - Throws: when it has no key that is good for anything.
    init(file path: String) throws(StartError) {
        guard let bytes = Files.contents(of: path) else {
            throw StartError(description: "the web identity keys cannot be read from \(path)")
        }
        try self.init(bytes, path: path)
    }

    init(_ bytes: [UInt8], path: String) throws(StartError) {
        guard case .object(let set)? = try? JSONParser.parse(bytes),
            case .array(let values)? = set["keys"]
        else {
            throw StartError(
                description: """
                    the web identity keys in \(path) are no JWKS: an object with a list named keys
                    """
            )
        }
        keys = values.compactMap { value in
            guard case .object(let key) = value, let read = WebIdentityKeys.key(key) else {
                return nil
            }
            return (WebIdentityKeys.text("kid", in: key), read)
        }
        guard !keys.isEmpty else {
            throw StartError(
                description: """
                    the web identity keys in \(path) have none for RS256 (of 2048 bits or more) or \
                    ES256
                    """
            )
        }
    }

    private static func key(_ key: JSONObject) -> PublicKey? {
        func number(_ name: String) -> [UInt8] {
            text(name, in: key).flatMap { Base64.decode(urlText: $0) } ?? []
        }
        let algorithm = text("alg", in: key)
        switch text("kty", in: key) {
        case "RSA" where algorithm ?? "RS256" == "RS256":
            return PublicKey(modulus: number("n"), exponent: number("e"))
        case "EC" where text("crv", in: key) == "P-256":
            return PublicKey(x: number("x"), y: number("y"))
        default: return nil
        }
    }

    private static func text(_ name: String, in key: JSONObject) -> String? {
        if case .string(let text)? = key[name] { text } else { nil }
    }

    /// Whether the key that a token names, or any when it names none, has signed it.
    func verify(_ signed: TokenSignatures.SignedText) -> Bool {
        keys.contains { id, key in
            key.algorithm.rawValue == signed.algorithm
                && (signed.keyID == nil || id == nil || id == signed.keyID)
                && key.verifies(signed.signature, of: signed.text)
        }
    }
}
