package import JSON
internal import Notation

/// Turns the rotation of a secret off and stops one that is going on; how it was configured stays.
///
/// [CancelRotateSecret](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CancelRotateSecret.html).
/// AWSPENDING stays where a rotation that was going on has put it: the caller must take it off.
/// Errors: ResourceNotFoundException, InvalidRequestException.
package struct CancelRotateSecret: SecretOperation, WriteOperation {
    package static let action = SecretsManagerAction.cancelRotateSecret

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
        _ call: Call<Secret>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        var secret = try call.secret
        var configuration = try vault.rotationConfiguration(of: secret) ?? RotationConfiguration()
        configuration.cancel()
        try vault.setRotationConfiguration(configuration, of: secret)
        if try vault.rotation(of: secret) != nil { try vault.setRotation(nil, of: secret) }
        secret.touch(at: call.now)
        try vault.update(secret)
        return Response(secret: secret)
    }

    package struct Response: Sendable, JSONWritable {
        let secret: Secret

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", secret.arn.text)
            writer.member("Name", secret.name)
            writer.endObject()
        }
    }
}
