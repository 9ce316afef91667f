/// Attaches a policy to a key, in place of the one that it has.
///
/// [PutKeyPolicy](https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html).
/// Errors: NotFoundException, InvalidArnException, MalformedPolicyDocumentException,
/// LimitExceededException.
package struct PutKeyPolicy: WriteOperation, KeyOperation {
    package typealias Response = EmptyResponse

    package static let action = KMSAction.putKeyPolicy

    package let keyID: String?
    private let policyName: String?
    private let policy: String?
    private let bypassesLockoutCheck: Bool?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        policyName = try members.string("PolicyName")
        policy = try members.string("Policy")
        bypassesLockoutCheck = try members.boolean("BypassPolicyLockoutSafetyCheck")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        constraints.keyPolicyName(policyName)
        constraints.require(policy, at: "policy")
        constraints.keyPolicy(policy)
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = keyPermission
        permission.set("kms:BypassPolicyLockoutSafetyCheck", bypassesLockoutCheck)
        return [permission]
    }

    package func checkBeforeLookup() throws(APIError) {
        guard policyName == nil || policyName == KeyPolicy.name else {
            throw .keyPolicyNameNotDefault
        }
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let key = try call.changeableKey(for: Self.action)
        let policy = try KeyPolicy.parse(policy ?? "", vault)
        if bypassesLockoutCheck != true {
            try call.authorization?.checkPolicyCanBePut(on: key.arn, under: policy, by: call.caller)
        }
        try vault.setPolicy(policy, of: key)
        return EmptyResponse()
    }
}
