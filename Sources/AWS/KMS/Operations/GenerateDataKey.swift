package import JSON
internal import Notation

/// Makes a key for the caller's own use, and gives it out open and sealed.
///
/// [GenerateDataKey](https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html).
/// Errors: NotFoundException, DisabledException, InvalidArnException, InvalidGrantTokenException,
/// KMSInvalidStateException, DryRunOperationException, UnsupportedOperationException.
package struct GenerateDataKey: DataKeyOperation {
    package static let action = KMSAction.generateDataKey

    package let keyID: String?
    package let use: CryptographicMembers
    package let dataKey: DataKey
    private let hasRecipient: Bool

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        use = try CryptographicMembers(ofDataKeyFrom: &members)
        dataKey = try DataKey(from: &members)
        hasRecipient = try members.hasRecipient()
    }

    package func checkBeforeLookup() throws(APIError) {
        try dataKey.check()
        guard !hasRecipient else { throw .recipientNotSupported }
        try use.grantTokens.check()
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let made = try made(for: call, vault)
        return Response(plaintext: made.plaintext, ciphertext: made.ciphertext)
    }

    package struct Response: Sendable, JSONWritable {
        let plaintext: [UInt8]
        let ciphertext: Ciphertext

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.blob("CiphertextBlob", ciphertext.bytes)
            writer.member("KeyId", ciphertext.key.text)
            writer.member("KeyMaterialId", ciphertext.materialID)
            writer.blob("Plaintext", plaintext)
            writer.endObject()
        }
    }
}
