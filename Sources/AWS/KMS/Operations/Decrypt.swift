package import JSON
internal import Notation

/// Opens what a key sealed, which says by itself which key that was.
///
/// [Decrypt](https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html).
/// Errors: InvalidCiphertextException, IncorrectKeyException, AccessDeniedException for a key that is
/// gone, NotFoundException, DisabledException, InvalidArnException, InvalidKeyUsageException,
/// InvalidGrantTokenException, KMSInvalidStateException, DryRunOperationException,
/// UnsupportedOperationException.
package struct Decrypt: CiphertextOperation {
    package static let action = KMSAction.decrypt

    package let source: SentCiphertext
    private let grantTokens: GrantTokens
    private let isDryRun: Bool
    private let hasRecipient: Bool

    package init(from members: inout Members) throws(APIError) {
        isDryRun = try members.boolean("DryRun") ?? false
        source = try SentCiphertext(isDryRun: isDryRun, from: &members)
        grantTokens = try GrantTokens(from: &members)
        hasRecipient = try members.hasRecipient()
    }

    package func permissions() -> [Permission] { source.permission(ownPermission) }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        source.constrain(&constraints)
        grantTokens.constrain(&constraints)
        return constraints.violations
    }

    package func checkBeforeLookup() throws(APIError) {
        guard !hasRecipient else { throw .recipientNotSupported }
        try grantTokens.check()
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let key = try call.key
        let opened = try source.open(under: key, vault)
        guard !isDryRun, let opened else { throw .dryRun }
        return Response(
            keyARN: key.arn,
            plaintext: opened.plaintext,
            materialID: opened.materialID
        )
    }

    package struct Response: Sendable, JSONWritable {
        let keyARN: KeyARN
        let plaintext: [UInt8]
        let materialID: String

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("EncryptionAlgorithm", KMSKey.spec)
            writer.member("KeyId", keyARN.text)
            writer.member("KeyMaterialId", materialID)
            writer.blob("Plaintext", plaintext)
            writer.endObject()
        }
    }
}
