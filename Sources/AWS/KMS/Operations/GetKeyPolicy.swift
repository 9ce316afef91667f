package import JSON

/// Gives the policy of a key, written anew from what was put.
///
/// [GetKeyPolicy](https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html).
/// Errors: NotFoundException, InvalidArnException.
package struct GetKeyPolicy: ReadOperation, KeyOperation {
    package static let action = KMSAction.getKeyPolicy

    package let keyID: String?
    private let policyName: String?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        policyName = try members.string("PolicyName")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        constraints.keyPolicyName(policyName)
        return constraints.violations
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let key = try call.key
        guard policyName == nil || policyName == KeyPolicy.name else { throw .noSuchKeyPolicy }
        return Response(policy: try vault.policy(of: key))
    }

    package struct Response: Sendable, JSONWritable {
        let policy: String

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("Policy", policy)
            writer.member("PolicyName", KeyPolicy.name)
            writer.endObject()
        }
    }
}
