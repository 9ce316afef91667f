import AWS
import JSON
import Notation
import TestSupport
import Testing

/// What the tests of sealing and opening do again and again.
extension ScratchVault {
    /// Encrypts a text, and gives the CiphertextBlob.
    func encrypt(
        _ text: String,
        under keyID: String,
        _ context: JSONValue = [:],
        by caller: Caller = .root()
    ) throws -> JSONValue {
        let members: JSONValue = [
            "KeyId": .string(keyID), "Plaintext": .string(base64(text)),
            "EncryptionContext": context,
        ]
        return try #require(try kms(.encrypt, members, by: caller)["CiphertextBlob"])
    }

    /// Decrypts what `encrypt` gave.
    func decrypt(
        _ ciphertext: JSONValue,
        _ context: JSONValue = [:],
        by caller: Caller = .root()
    ) throws -> String? {
        let members: JSONValue = ["CiphertextBlob": ciphertext, "EncryptionContext": context]
        let answer = try kms(.decrypt, members, by: caller)
        return bytes(answer["Plaintext"]).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The error of Decrypt; nil when it opens.
    func refusal(
        ofDecrypting ciphertext: JSONValue,
        _ others: JSONValue = [:],
        by caller: Caller = .root()
    ) -> Refusal? {
        var members = others
        members.set("CiphertextBlob", ciphertext)
        return refusal(ofKMS: .decrypt, members, by: caller)
    }
}

func base64(_ text: String) -> String { Base64.text(Array(text.utf8)) }

/// What a blob holds.
func bytes(_ blob: JSONValue?) -> [UInt8]? {
    blob?.string.flatMap { Base64.decode($0.utf8, spareBits: .ignored) }
}

/// The members with others.
func members(_ members: JSONValue, and others: JSONValue) -> JSONValue {
    Refused(members, .malformedInput).members(and: others)
}
