package import AccessControl
package import JSON
internal import Notation

/// The resource policies of a secret: which names they have, and what is accepted as one.
///
/// [Resource-based policies](https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html)
package enum ResourcePolicy {
    /// The one policy that callers attach and detach.
    package static let defaultName = "default"

    /// The policy that the service attaches to a replica of another account's secret. [guess]
    static let replicationName = "CrossAccountReplication"

    /// Characters of the longest policy, as the API's model counts them.
    static let maximumLength = 20_480

    /// A policy as it is kept and given out again: read, and written in AWS's own way.
    package static func storedText(_ text: String) throws(APIError) -> String {
        try parse(text).prettyText
    }

    /// Reads a policy that is to be attached to a secret.
    package static func parse(_ text: String) throws(APIError) -> PolicyDocument {
        do {
            return try PolicyParser.parse(text, as: .resource)
        } catch {
            throw .malformedPolicy(error.category, cause: error.detail)
        }
    }

    /// Whether a policy that is attached gives everybody access.
    static func isPublic(_ text: String) -> Bool {
        guard let document = try? parse(text) else { return false }
        return PublicPolicyCheck(document).isPublic
    }
}

extension Constraints {
    mutating func policyName(_ name: String?) {
        length(of: name, 1...64, at: "policyName")
        pattern(name, "[0-9A-Za-z\\-\\_]+", at: "policyName") { name in
            name.utf8.allSatisfy { ASCII.isAlphanumeric($0) || "-_".utf8.contains($0) }
        }
    }

    mutating func resourcePolicy(_ policy: String?) {
        require(policy, at: "resourcePolicy")
        length(of: policy, 1...ResourcePolicy.maximumLength, at: "resourcePolicy")
    }
}

/// The answer of the operations that change a policy.
package struct PolicyIdentity: Sendable, JSONWritable {
    let secret: Secret
    let policyName: String

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("ARN", secret.arn.text)
        writer.member("Name", secret.name)
        writer.member("PolicyName", policyName)
        writer.endObject()
    }
}
