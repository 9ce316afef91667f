package import JSON

/// Turns the rotation of a secret off and stops one that is going on; how it was configured stays.
///
/// [CancelRotateSecret](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CancelRotateSecret.html).
/// AWSPENDING stays where a rotation that was going on has put it: the caller must take it off.
/// Errors: ResourceNotFoundException, InvalidRequestException.
package struct CancelRotateSecret: WriteOperation {
    package static let action = Action.cancelRotateSecret

    package let secretID: String?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        return constraints.violations
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        var secret = try call.secret
        var configuration = try vault.rotationConfiguration(of: secret) ?? RotationConfiguration()
        configuration.cancel()
        try vault.setRotationConfiguration(configuration, of: secret)
        let rotation = try vault.rotation(of: secret)
        if rotation != nil { try vault.setRotation(nil, of: secret) }
        secret.touch(at: call.now)
        try vault.update(secret)
        return Response(secret: secret, versionID: rotation?.versionID)
    }

    package struct Response: Sendable, JSONWritable {
        let secret: Secret
        /// The version that a rotation was making.
        let versionID: String?

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", secret.arn.text)
            writer.member("Name", secret.name)
            writer.member("VersionId", versionID)
            writer.endObject()
        }
    }
}
