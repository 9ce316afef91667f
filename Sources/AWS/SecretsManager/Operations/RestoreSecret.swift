/// Takes back a scheduled deletion; a secret that is not scheduled stays as it is.
///
/// [RestoreSecret](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RestoreSecret.html).
/// Errors: ResourceNotFoundException, InvalidRequestException.
package struct RestoreSecret: SecretOperation, WriteOperation {
    package typealias Response = SecretIdentity

    package static let action = SecretsManagerAction.restoreSecret
    package static let admits: Admission = .scheduled

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
    ) throws(APIError) -> SecretIdentity {
        var secret = try call.secret
        if secret.deletedAt != nil {
            secret.restore(at: call.now)
            try vault.update(secret)
            try ServiceEvent.record(
                .cancelSecretVersionDelete,
                forVersionsOf: secret,
                at: call.now,
                in: vault
            )
        }
        return SecretIdentity(secret: secret)
    }
}
