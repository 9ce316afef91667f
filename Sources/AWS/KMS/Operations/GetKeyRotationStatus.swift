package import JSON
internal import Notation

/// Tells whether a key is rotated every so often, which one that is pending deletion is not, and since
/// when a rotation on demand is under way.
///
/// [GetKeyRotationStatus](https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html).
/// Errors: NotFoundException, InvalidArnException.
package struct GetKeyRotationStatus: ReadOperation, KeyOperation {
    package static let action = KMSAction.getKeyRotationStatus

    package static let servesOtherAccounts = true

    package let keyID: String?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let key = try call.key
        let rotation = key.state == .pendingDeletion ? nil : key.rotation
        return Response(
            keyARN: key.arn,
            rotation: rotation,
            nextDate: rotation?.nextDate(after: call.now),
            onDemandStart: try vault.materials(of: key).rotationUnderWay(at: call.now)
        )
    }

    package struct Response: Sendable, JSONWritable {
        let keyARN: KeyARN
        let rotation: KeyRotation?
        let nextDate: Timestamp?
        let onDemandStart: Timestamp?

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("KeyId", keyARN.text)
            writer.member("KeyRotationEnabled", rotation != nil)
            writer.member("NextRotationDate", nextDate)
            writer.member("OnDemandRotationStartDate", onDemandStart)
            if let rotation {
                writer.name("RotationPeriodInDays")
                writer.integer(rotation.periodInDays)
            }
            writer.endObject()
        }
    }
}
