package import JSON
internal import Notation

/// Seals up to 4,096 bytes under a key, by any name of it.
///
/// [Encrypt](https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html).
/// Errors: NotFoundException, DisabledException, InvalidArnException, InvalidKeyUsageException,
/// InvalidGrantTokenException, KMSInvalidStateException, DryRunOperationException.
package struct Encrypt: CryptographicOperation {
    package static let action = KMSAction.encrypt

    package let keyID: String?
    package let use: CryptographicMembers
    private let plaintext: [UInt8]?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        plaintext = try members.sensitiveBlob("Plaintext")
        use = try CryptographicMembers(from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        constraints.require(plaintext, at: "plaintext")
        constraints.byteLength(of: plaintext?.count, 1...4_096, at: "plaintext")
        use.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let key = try call.key
        guard !use.isDryRun else { throw .dryRun }
        let sealed = try key.seal(plaintext ?? [], use.context, at: call.now, vault)
        return Response(ciphertext: sealed)
    }

    package struct Response: Sendable, JSONWritable {
        let ciphertext: Ciphertext

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.blob("CiphertextBlob", ciphertext.bytes)
            writer.member("EncryptionAlgorithm", KMSKey.spec)
            writer.member("KeyId", ciphertext.key.text)
            writer.endObject()
        }
    }
}
