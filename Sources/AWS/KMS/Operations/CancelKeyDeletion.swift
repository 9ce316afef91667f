package import JSON

/// Ends the waiting period: the key stays, disabled.
///
/// [CancelKeyDeletion](https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html).
/// Errors: NotFoundException, InvalidArnException, KMSInvalidStateException.
package struct CancelKeyDeletion: WriteOperation, KeyOperation {
    package static let action = KMSAction.cancelKeyDeletion

    package let keyID: String?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        var key = try call.changeableKey(for: Self.action)
        guard key.state == .pendingDeletion else { throw .keyIsNotPendingDeletion(key.arn) }
        key.cancelDeletion()
        try vault.update(key)
        return Response(keyARN: key.arn)
    }

    package struct Response: Sendable, JSONWritable {
        let keyARN: KeyARN

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("KeyId", keyARN.text)
            writer.endObject()
        }
    }
}
