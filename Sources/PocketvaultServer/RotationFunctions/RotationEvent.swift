internal import AWS
internal import JSON

/// What a rotation function is called with.
///
/// [Rotation functions](https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-lambda-function-overview.html)
struct RotationEvent: Sendable {
    let secretARN: SecretARN
    let rotation: Rotation

    /// JSON, in AWS's order.
    var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.beginObject()
        for (name, value) in [
            ("Step", rotation.step.rawValue), ("SecretId", secretARN.text),
            ("ClientRequestToken", rotation.versionID), ("RotationToken", rotation.token),
        ] {
            writer.name(name)
            writer.string(value)
        }
        writer.endObject()
        return writer.bytes
    }
}
