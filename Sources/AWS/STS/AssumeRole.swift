package import JSON

/// Gives the caller temporary credentials of a role, if the role's trust policy lets it.
///
/// [AssumeRole](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html).
/// Errors: AccessDenied, MalformedPolicyDocument, PackedPolicyTooLarge.
package struct AssumeRole: WriteOperation {
    package static let action = STSAction.assumeRole

    private let roleARN: String?
    private let sessionName: String?
    private let seconds: Int64?
    private let externalID: String?
    private let policy: String?
    private let policyARNs: [String]
    private let sourceIdentity: String?
    private let tags: IAMTagList?
    private let transitiveTagKeys: [String]?

    /// Characters of the longest session policy.
    private static let maximumPolicyLength = 2_048

    package init(from members: inout Members) throws(APIError) {
        roleARN = try members.string("RoleArn")
        sessionName = try members.string("RoleSessionName")
        seconds = try members.integer("DurationSeconds")
        externalID = try members.string("ExternalId")
        policy = try members.string("Policy")
        let arns = try members.structures("PolicyArns") { member throws(APIError) in
            try member.string("arn") ?? ""
        }
        policyARNs = arns ?? []
        sourceIdentity = try members.string("SourceIdentity")
        tags = try IAMTagList(from: &members)
        transitiveTagKeys = try members.strings("TransitiveTagKeys")
    }

    package var subject: String? { roleARN }

    /// The trust policy decides with the caller's own: see `perform`.
    package func permissions() -> [Permission] { [] }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.policyARN(roleARN, at: "roleArn")
        constraints.require(sessionName, at: "roleSessionName")
        constraints.sessionName(sessionName, at: "roleSessionName")
        constraints.range(of: seconds, 900...43_200, at: "durationSeconds")
        constraints.length(of: externalID, 2...1_224, at: "externalId")
        constraints.length(of: policy, 1...Self.maximumPolicyLength, at: "policy")
        constraints.sessionName(sourceIdentity, at: "sourceIdentity")
        constraints.count(of: policyARNs, 0...10, at: "policyArns")
        tags?.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        let terms = try terms(call, vault)
        let role = try vault.principal(.role, arn: roleARN ?? "")
        if let authorization = call.authorization {
            for permission in requestedPermissions(terms) {
                let resource = ProtectedResource(roleARN: roleARN ?? "", role, call.caller)
                try authorization.require(permission, on: resource)
            }
        }
        guard let role else { throw .roleNotAssumable(call.caller.principalARN, roleARN ?? "") }
        var longest = role.maxSessionSeconds
        // A role that was assumed by a session of a role lasts an hour at most.
        if case .roleSession = call.caller.identity { longest = min(longest, 3_600) }
        let seconds = seconds ?? min(3_600, longest)
        guard seconds <= longest else {
            throw longest < role.maxSessionSeconds ? .chainedSessionTooLong : .sessionTooLong
        }
        let credentials = try SessionCredentials(
            of: .role(role.id, terms),
            in: role.account,
            seconds: seconds,
            call,
            vault
        )
        let session = RoleSession(role: role, name: terms.name, startedAt: call.now)
        return Response(
            credentials: credentials,
            session: session,
            sourceIdentity: terms.sourceIdentity,
            packedPolicySize: packedPolicySize
        )
    }

    /// What is settled about the session, with the tags that follow from the caller's own.
    private func terms(_ call: Call, _ vault: any VaultReading) throws(APIError) -> Session.Terms {
        var terms = Session.Terms(name: sessionName ?? "")
        if let policy { try IAMPolicyDocument.checkIdentityPolicy(policy) }
        terms.policy = policy
        for arn in policyARNs where try vault.policyDocument(arn: arn) == nil {
            throw .policyNotAttachable(arn)
        }
        terms.policyARNs = policyARNs
        terms.sourceIdentity = sourceIdentity
        terms.tags = try tags?.tags() ?? []
        terms.transitiveTagKeys = transitiveTagKeys ?? []
        if case .roleSession(let former) = call.caller.identity {
            let keys = Set(former.transitiveTagKeys.map { $0.lowercased() })
            let inherited = former.tags.filter { keys.contains($0.key.lowercased()) }
            terms.tags = Tag.merged(terms.tags, under: inherited)
            terms.transitiveTagKeys += former.transitiveTagKeys
            terms.sourceIdentity = former.sourceIdentity ?? sourceIdentity
        }
        return terms
    }

    private func requestedPermissions(_ terms: Session.Terms) -> [Permission] {
        var assume = Permission(Self.action, on: .resource(roleARN ?? ""))
        assume.set("sts:ExternalId", externalID)
        assume.set("sts:RoleSessionName", terms.name)
        assume.set("sts:SourceIdentity", sourceIdentity)
        assume.set(requestTags: tags)
        assume.set("sts:TransitiveTagKeys", all: transitiveTagKeys)
        var permissions = [assume]
        if tags != nil { permissions.append(assume.asking(for: "sts:TagSession")) }
        if sourceIdentity != nil {
            permissions.append(assume.asking(for: "sts:SetSourceIdentity"))
        }
        return permissions
    }

    /// Per cent of what a session's policies and tags may take together; nil without any.
    private var packedPolicySize: Int64? {
        guard policy != nil || !policyARNs.isEmpty || tags != nil else { return nil }
        let tagBytes = tags?.pairs.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count } ?? 0
        let bytes = (policy?.utf8.count ?? 0) + policyARNs.joined().utf8.count + tagBytes
        return max(1, Int64(bytes * 100 / 4_096))
    }

    package struct Response: Sendable, JSONWritable {
        let credentials: SessionCredentials
        let session: RoleSession
        let sourceIdentity: String?
        let packedPolicySize: Int64?

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.name("AssumedRoleUser")
            writer.beginObject()
            writer.member("AssumedRoleId", session.uniqueID)
            writer.member("Arn", session.arn)
            writer.endObject()
            writer.name("Credentials")
            credentials.write(to: &writer)
            if let packedPolicySize { writer.member("PackedPolicySize", packedPolicySize) }
            writer.member("SourceIdentity", sourceIdentity)
            writer.endObject()
        }
    }
}
