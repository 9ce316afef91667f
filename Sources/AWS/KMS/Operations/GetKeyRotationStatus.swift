package import JSON

/// Tells whether a key is rotated every so often; one that is pending deletion is not.
///
/// [GetKeyRotationStatus](https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html).
/// Errors: NotFoundException, InvalidArnException.
package struct GetKeyRotationStatus: ReadOperation, KeyOperation {
    package static let action = KMSAction.getKeyRotationStatus

    package let keyID: String?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let key = try vault.key(keyID, for: call)
        let rotation = key.state == .pendingDeletion ? nil : key.rotation
        return Response(
            keyARN: key.arn,
            rotation: rotation,
            nextDate: rotation?.nextDate(after: call.now)
        )
    }

    package struct Response: Sendable, JSONWritable {
        let keyARN: KeyARN
        let rotation: KeyRotation?
        let nextDate: Timestamp?

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("KeyId", keyARN.text)
            writer.member("KeyRotationEnabled", rotation != nil)
            writer.member("NextRotationDate", nextDate)
            if let rotation {
                writer.name("RotationPeriodInDays")
                writer.integer(rotation.periodInDays)
            }
            writer.endObject()
        }
    }
}
