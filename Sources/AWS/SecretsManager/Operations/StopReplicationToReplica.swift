package import JSON

/// Makes a replica a secret that stands alone; called in the replica's own region.
///
/// [StopReplicationToReplica](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_StopReplicationToReplica.html).
/// Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException.
package struct StopReplicationToReplica: WriteOperation {
    package static let action = Action.stopReplicationToReplica
    package static let admits: Admission = .replica

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
        guard secret.primaryID != nil, let region = secret.primaryRegion else {
            throw .notAReplica
        }
        let primaryARN = secret.arn.moved(to: region)
        if var primary = try vault.secret(at: .arn(primaryARN.text, primaryARN.scope)) {
            try vault.forgetReplica(in: secret.arn.scope.region, of: &primary)
        }
        secret.standAlone()
        try vault.update(secret)
        return Response(arn: secret.arn)
    }

    package struct Response: Sendable, JSONWritable {
        let arn: SecretARN

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", arn.text)
            writer.endObject()
        }
    }
}
