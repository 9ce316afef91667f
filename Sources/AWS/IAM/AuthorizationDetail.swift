internal import JSON
internal import Notation

/// Something that says what somebody may do, with all that is in it.
enum AuthorizationDetail: Sendable {
    case principal(IAMPrincipal)
    case policy(ManagedPolicy)
    case ofAWS(AWSManagedPolicy)

    /// The lists of an answer, by their names.
    enum Kind: String, CaseIterable {
        case groups = "GroupDetailList"
        case policies = "Policies"
        case roles = "RoleDetailList"
        case users = "UserDetailList"
    }

    var kind: Kind {
        switch self {
        case .principal(let principal): principal.kind == .user ? .users : .roles
        case .policy, .ofAWS: .policies
        }
    }

    var arn: String {
        switch self {
        case .principal(let principal): principal.arn
        case .policy(let policy): policy.arn
        case .ofAWS(let policy): policy.arn
        }
    }

    /// What the answer shows of it.
    func element(
        in account: String,
        _ vault: any VaultReading
    ) throws(APIError) -> any JSONWritable & Sendable {
        switch self {
        case .principal(let principal):
            return PrincipalDetail(
                principal: principal,
                tags: try vault.tags(of: principal),
                inlinePolicies: try vault.inlinePolicies(of: principal),
                attachedARNs: try vault.attachedPolicyARNs(of: principal)
            )
        case .policy(let policy):
            let versions = try vault.versions(of: policy).map { version in
                let isDefault = version.number == policy.defaultVersion
                return PolicyVersionElement(version: version, isDefault: isDefault)
            }
            var element = try vault.element(policy, .listed)
            element.versions = versions
            return element
        case .ofAWS(let policy):
            var element = try vault.element(policy, in: account, .listed)
            element.versions = [PolicyVersionElement(version: policy.version, isDefault: true)]
            return element
        }
    }
}

/// A user or role with all that says what it may do.
private struct PrincipalDetail: Sendable, JSONWritable {
    let principal: IAMPrincipal
    let tags: [Tag]
    let inlinePolicies: [InlinePolicy]
    let attachedARNs: [String]

    func write(to writer: inout JSONWriter) {
        let word = principal.kind == .user ? "User" : "Role"
        writer.beginObject()
        writer.member("Arn", principal.arn)
        if let policy = principal.trustPolicy {
            writer.member("AssumeRolePolicyDocument", PercentEncoding.encode(policy))
        }
        writer.member("AttachedManagedPolicies", attachedARNs.map(AttachedPolicyElement.init))
        writer.member("CreateDate", CalendarTime.secondsText(of: principal.createdAt))
        // What there is none of here.
        writer.member(principal.kind == .user ? "GroupList" : "InstanceProfileList", [String]())
        writer.member("Path", principal.path)
        if let arn = principal.boundaryARN { PrincipalElement.write(boundary: arn, to: &writer) }
        writer.member("\(word)Id", principal.uniqueID)
        if principal.kind == .role {
            writer.name("RoleLastUsed")
            writer.beginObject()
            writer.endObject()
        }
        writer.member("\(word)Name", principal.name)
        writer.name("\(word)PolicyList")
        writer.beginArray()
        for policy in inlinePolicies {
            writer.beginObject()
            writer.member("PolicyName", policy.name)
            writer.member("PolicyDocument", PercentEncoding.encode(policy.document))
            writer.endObject()
        }
        writer.endArray()
        writer.member("Tags", tags)
        writer.endObject()
    }
}
