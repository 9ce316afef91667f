/// Detaches the policy of a secret; that it has none is no error.
///
/// [DeleteResourcePolicy](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteResourcePolicy.html).
/// Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException.
package struct DeleteResourcePolicy: SecretOperation, WriteOperation {
    package typealias Response = PolicyIdentity

    package static let action = SecretsManagerAction.deleteResourcePolicy

    package let secretID: String?
    private let policyName: String?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        policyName = try members.string("PolicyName")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        constraints.policyName(policyName)
        return constraints.violations
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultWriting
    ) throws(APIError) -> PolicyIdentity {
        var secret = try call.secret
        let name = policyName ?? ResourcePolicy.defaultName
        guard name == ResourcePolicy.defaultName else { throw .policyNameNotDefault }
        try vault.setResourcePolicy(nil, named: name, of: secret)
        secret.touch(at: call.now)
        try vault.update(secret)
        return PolicyIdentity(secret: secret, policyName: name)
    }
}
