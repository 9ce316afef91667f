internal import Notation

/// The policies that a request gives a session to limit it by.
package struct SessionPolicies: Sendable {
    private let policy: String?
    private let policyARNs: [String]

    /// Characters of the longest session policy.
    private static let maximumLength = 2_048

    init(from members: inout Members) throws(APIError) {
        policy = try members.string("Policy")
        let arns = try members.structures("PolicyArns") { member throws(APIError) in
            try member.string("arn") ?? ""
        }
        policyARNs = arns ?? []
    }

    func constrain(_ constraints: inout Constraints) {
        constraints.length(of: policy, 1...Self.maximumLength, at: "policy")
        constraints.count(of: policyARNs, 0...10, at: "policyArns")
    }

    /// The terms of a session that they limit, if they are policies.
    ///
    /// - Throws: MalformedPolicyDocument, NoSuchEntity.
    func terms(
        named name: String,
        _ caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> Session.Terms {
        var terms = Session.Terms(name: name)
        if let policy {
            try IAMPolicyDocument.checkIdentityPolicy(policy, in: caller.scope.partition)
        }
        terms.policy = policy
        for arn in policyARNs where try vault.policyDocument(arn: arn) == nil {
            throw .policyNotAttachable(arn)
        }
        terms.policyARNs = policyARNs
        return terms
    }

    /// Per cent of what a session's policies and tags may take together; nil without any.
    func packedSize(with tags: [(key: String, value: String)]?) -> Int64? {
        guard policy != nil || !policyARNs.isEmpty || tags != nil else { return nil }
        let tagBytes = tags?.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count } ?? 0
        let bytes = (policy?.utf8.count ?? 0) + policyARNs.joined().utf8.count + tagBytes
        return max(1, Int64(bytes * 100 / 4_096))
    }
}
