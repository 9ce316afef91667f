package import JSON
internal import Notation

/// Begins to give a key another material, which takes as long as it does at AWS.
///
/// [RotateKeyOnDemand](https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html).
/// While one rotation is under way another call begins none. Errors: NotFoundException,
/// DisabledException, InvalidArnException, KMSInvalidStateException, LimitExceededException.
package struct RotateKeyOnDemand: WriteOperation, KeyOperation {
    package static let action = KMSAction.rotateKeyOnDemand

    package let keyID: String?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        let key = try call.changeableKey(for: Self.action)
        try key.checkEnabled()
        let materials = try vault.materials(of: key)
        if materials.rotationUnderWay(at: call.now) == nil {
            guard materials.onDemandCount < KMSKeyMaterial.maximumOnDemandRotations else {
                throw .tooManyRotations(key.arn)
            }
            let end = call.now.milliseconds + KMSKeyMaterial.onDemandRotationMilliseconds
            _ = try vault.insertMaterial(
                of: key,
                by: .init(.onDemand, startedAt: call.now, endsAt: Timestamp(milliseconds: end))
            )
        }
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
