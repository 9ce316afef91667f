package import JSON
internal import Notation

/// Makes a key for the caller's own use later, and gives it out sealed only.
///
/// [GenerateDataKeyWithoutPlaintext](https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html).
/// Errors: NotFoundException, DisabledException, InvalidArnException, InvalidGrantTokenException,
/// KMSInvalidStateException, DryRunOperationException.
package struct GenerateDataKeyWithoutPlaintext: DataKeyOperation {
    package static let action = KMSAction.generateDataKeyWithoutPlaintext

    package let keyID: String?
    package let use: CryptographicMembers
    package let dataKey: DataKey

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        use = try CryptographicMembers(ofDataKeyFrom: &members)
        dataKey = try DataKey(from: &members)
    }

    package func checkBeforeLookup() throws(APIError) {
        try dataKey.check()
        try use.grantTokens.check()
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        Response(ciphertext: try made(for: call, vault).ciphertext)
    }

    package struct Response: Sendable, JSONWritable {
        let ciphertext: Ciphertext

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.blob("CiphertextBlob", ciphertext.bytes)
            writer.member("KeyId", ciphertext.key.text)
            writer.member("KeyMaterialId", ciphertext.materialID)
            writer.endObject()
        }
    }
}
