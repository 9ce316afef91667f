package import JSON
internal import Notation

/// Gives the caller temporary credentials of a role, if the role's trust policy lets it.
///
/// [AssumeRole](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html).
/// Errors: AccessDenied, MalformedPolicyDocument, PackedPolicyTooLarge.
package struct AssumeRole: RoleSessionOperation {
    package static let action = STSAction.assumeRole

    package let session: RequestedSession
    private let externalID: String?
    private let sourceIdentity: String?
    private let tags: TagList?
    private let transitiveTagKeys: [String]?

    package init(from members: inout Members) throws(APIError) {
        session = try RequestedSession(from: &members)
        externalID = try members.string("ExternalId")
        sourceIdentity = try members.string("SourceIdentity")
        tags = try TagList("Tags", .session, from: &members)
        transitiveTagKeys = try members.strings("TransitiveTagKeys")
    }

    package func permissions() -> [Permission] {
        var assume = ownPermission
        assume.set("sts:ExternalId", externalID)
        assume.set("sts:RoleSessionName", session.name)
        assume.set("sts:SourceIdentity", sourceIdentity)
        assume.set(requestTags: tags)
        assume.set("sts:TransitiveTagKeys", all: transitiveTagKeys)
        return assume.assuming(withTags: tags != nil, sourceIdentity: sourceIdentity)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        session.constrain(&constraints)
        constraints.length(of: externalID, 2...1_224, at: "externalId")
        constraints.sessionName(sourceIdentity, at: "sourceIdentity")
        tags?.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        let terms = try terms(call, vault)
        let role = call.located
        try call.authorization?.require(permissions()) { () throws(APIError) in
            try resource(role, for: call.caller, vault)
        }
        guard let role else {
            throw .roleNotAssumable(call.caller.principal.arn, session.roleARN ?? "")
        }
        let credentials = try session.credentials(
            of: role,
            terms,
            // A role that was assumed by a session of a role lasts an hour at most.
            longest: call.caller.principal.kind == .roleSession ? 3_600 : nil,
            call,
            vault
        )
        return Response(
            credentials: credentials,
            user: AssumedRoleUser(role: role, sessionName: terms.name),
            sourceIdentity: terms.sourceIdentity,
            packedPolicySize: session.policies.packedSize(with: tags?.pairs)
        )
    }

    /// What is settled about the session, with the tags that follow from the caller's own.
    private func terms(_ call: Call<IAMPrincipal>, _ vault: any VaultReading) throws(APIError)
        -> Session.Terms
    {
        var terms = try session.terms(call.caller, vault)
        terms.sourceIdentity = sourceIdentity
        terms.tags = try tags?.tags() ?? []
        terms.transitiveTagKeys = try transitiveKeys(of: terms.tags)
        if let former = call.caller.principal.session {
            let keys = Set(former.transitiveTagKeys.map { $0.lowercased() })
            let inherited = call.caller.principal.tags.filter { tag in
                keys.contains(tag.key.lowercased())
            }
            guard !terms.tags.contains(where: { keys.contains($0.key.lowercased()) }) else {
                throw .transitiveTagSetAnew
            }
            terms.tags = Tag.merged(terms.tags, under: inherited)
            terms.transitiveTagKeys += former.transitiveTagKeys
            terms.sourceIdentity = former.sourceIdentity ?? sourceIdentity
        }
        return terms
    }

    /// The keys that a next session gets too; each must be a tag of this one.
    private func transitiveKeys(of tags: [Tag]) throws(APIError) -> [String] {
        let keys = transitiveTagKeys ?? []
        let tagged = Set(tags.map { $0.key.lowercased() })
        guard keys.allSatisfy({ tagged.contains($0.lowercased()) }) else {
            throw .transitiveKeyWithoutTag
        }
        return keys
    }

    package struct Response: Sendable, JSONWritable {
        let credentials: SessionCredentials
        let user: AssumedRoleUser
        let sourceIdentity: String?
        let packedPolicySize: Int64?

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.name("AssumedRoleUser")
            user.write(to: &writer)
            writer.name("Credentials")
            credentials.write(to: &writer)
            if let packedPolicySize { writer.member("PackedPolicySize", packedPolicySize) }
            writer.member("SourceIdentity", sourceIdentity)
            writer.endObject()
        }
    }
}
