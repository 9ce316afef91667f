internal import AccessControl

/// Attaches a policy to a secret, in place of the one that it has.
///
/// [PutResourcePolicy](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html).
/// Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException,
/// MalformedPolicyDocumentException, PublicPolicyException.
package struct PutResourcePolicy: SecretOperation, WriteOperation {
    package typealias Response = PolicyIdentity

    package static let action = SecretsManagerAction.putResourcePolicy

    package let secretID: String?
    private let resourcePolicy: String?
    private let policyName: String?
    private let blockPublicPolicy: Bool?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        resourcePolicy = try members.string("ResourcePolicy")
        policyName = try members.string("PolicyName")
        blockPublicPolicy = try members.boolean("BlockPublicPolicy")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        constraints.resourcePolicy(resourcePolicy)
        constraints.policyName(policyName)
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = ownPermission
        permission.set("secretsmanager:BlockPublicPolicy", blockPublicPolicy)
        return [permission]
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultWriting
    ) throws(APIError) -> PolicyIdentity {
        var secret = try call.secret
        let name = policyName ?? ResourcePolicy.defaultName
        guard name == ResourcePolicy.defaultName else { throw .policyNameNotDefault }
        let document = try ResourcePolicy.parse(resourcePolicy ?? "")
        if blockPublicPolicy == true, PublicPolicyCheck(document).isPublic { throw .publicPolicy }
        guard try vault.unknownPrincipal(in: document) == nil else {
            throw .malformedPolicy(.unsupportedPrincipal)
        }
        for permission in permissions() {
            try LockOut(of: permission, on: secret, under: document, for: call.caller, vault)
                .refuse(call.authorization, with: .policyLocksCallerOut)
        }
        try vault.setResourcePolicy(document.prettyText, named: name, of: secret)
        secret.touch(at: call.now)
        try vault.update(secret)
        return PolicyIdentity(secret: secret, policyName: name)
    }
}
