internal import AWS
internal import JSON
internal import Notation

/// Reads one of `principals`.
struct SeedPrincipalReader {
    let members: SeedMembers
    /// The document's account, and the region whose partition it is in.
    let scope: Scope

    private static let kinds = ["policy", "role", "root", "user"]

    func principal() throws(SeedError) -> SeedPrincipal {
        let named = SeedPrincipalReader.kinds.filter { members.object[$0] != nil }
        guard named.count == 1, let kind = named.first else {
            throw members.error(nil, "must have one of the members policy, role, root and user")
        }
        switch kind {
        case "root": return try root()
        case "policy": return try policy()
        case "user": return try user()
        default: return try role()
        }
    }

    private var place: SeedPlace { SeedPlace(source: members.source, path: members.path) }

    private func root() throws(SeedError) -> SeedPrincipal {
        try members.allow(["root", "accessKeys"])
        guard try members.boolean("root") == true else {
            throw members.error("root", "must be true")
        }
        var root = SeedPrincipal(form: .root, name: "", path: nil, scope: scope, place: place)
        root.accessKeys = try accessKeys()
        return root
    }

    private func policy() throws(SeedError) -> SeedPrincipal {
        try members.allow(["policy", "path", "description", "document", "tags"])
        let document = try document("document", of: members, .managed)
        return SeedPrincipal(
            form: .policy(document: document, description: try members.string("description")),
            name: try name("policy", CreatePolicy.self, "PolicyName", ["PolicyDocument": document]),
            path: try path(),
            scope: scope,
            tags: try tags(),
            place: place
        )
    }

    private func user() throws(SeedError) -> SeedPrincipal {
        try members.allow([
            "user", "path", "policies", "attached", "boundary", "tags", "accessKeys",
        ])
        var user = SeedPrincipal(
            form: .user,
            name: try name("user", CreateUser.self, "UserName", [:]),
            path: try path(),
            scope: scope,
            place: place
        )
        try readPolicies(into: &user)
        user.accessKeys = try accessKeys()
        return user
    }

    private func role() throws(SeedError) -> SeedPrincipal {
        try members.allow([
            "role", "path", "description", "trust", "maxSessionSeconds", "policies", "attached",
            "boundary", "tags",
        ])
        let trust = try document("trust", of: members, .trust)
        let seconds = try members.integer("maxSessionSeconds")
        if let seconds, !(3_600...43_200).contains(seconds) {
            throw members.error("maxSessionSeconds", "must be from 3600 to 43200")
        }
        var role = SeedPrincipal(
            form: .role(
                trustPolicy: trust,
                description: try members.string("description"),
                maxSessionSeconds: seconds
            ),
            name: try name(
                "role",
                CreateRole.self,
                "RoleName",
                ["AssumeRolePolicyDocument": trust]
            ),
            path: try path(),
            scope: scope,
            place: place
        )
        try readPolicies(into: &role)
        return role
    }

    private func readPolicies(into principal: inout SeedPrincipal) throws(SeedError) {
        if let policies = try members.object("policies") {
            var inlinePolicies: [InlinePolicy] = []
            for name in policies.object.members.map(\.name) {
                if let breach = PrincipalRules.breach(inlinePolicyName: name) {
                    throw policies.error(name, "the name \(breach)")
                }
                let text = try document(name, of: policies, .inline)
                inlinePolicies.append(InlinePolicy(name: name, document: text))
            }
            principal.inlinePolicies = inlinePolicies
        }
        principal.tags = try tags()
        principal.attachedPolicies = try attachedPolicies()
        principal.boundary = try members.string("boundary").map { text throws(SeedError) in
            try policy(text, at: members.path + [.member("boundary")])
        }
    }

    private func attachedPolicies() throws(SeedError) -> [SeedPrincipal.PolicyReference]? {
        guard let attached = try members.strings("attached") else { return nil }
        guard attached.count <= AttachPolicy<Users>.maximum else {
            let most = "\(AttachPolicy<Users>.maximum) policies can be attached at most"
            throw members.error("attached", most)
        }
        var policies: [SeedPrincipal.PolicyReference] = []
        for (index, text) in attached.enumerated() {
            let path: [JSONPathStep] = members.path + [.member("attached"), .element(index)]
            policies.append(try policy(text, at: path))
        }
        return policies
    }

    private func tags() throws(SeedError) -> [Tag]? {
        try members.tags { PrincipalRules.breach(tags: $0) }
    }

    /// A policy by its ARN, or by its name when it is the account's; whether the account has it is
    /// seen when the seed is applied.
    private func policy(
        _ text: String,
        at path: [JSONPathStep]
    ) throws(SeedError) -> SeedPrincipal.PolicyReference {
        let place = SeedPlace(source: members.source, path: path)
        let isOwn = !ARN.isARN(text) || text.hasPrefix(scope.iamARN("policy/"))
        guard isOwn || AWSManagedPolicy(arn: text) != nil else {
            throw place.error(SeedPrincipal.PolicyReference.unknown)
        }
        return SeedPrincipal.PolicyReference(text: text, place: place)
    }

    private func accessKeys() throws(SeedError) -> [SeedPrincipal.Key] {
        var keys: [SeedPrincipal.Key] = []
        for key in try members.objects("accessKeys") ?? [] {
            try key.allow(["id", "secret", "active"])
            guard let id = try key.string("id"), let secret = try key.string("secret") else {
                throw key.error(nil, "the members id and secret are needed")
            }
            if let breach = PrincipalRules.breach(accessKeyID: id) { throw key.error("id", breach) }
            guard secret.utf8.count >= 8 else {
                throw key.error("secret", "must have 8 characters at least")
            }
            let place = SeedPlace(source: key.source, path: key.path + [.member("id")])
            keys.append(
                SeedPrincipal.Key(
                    id: id,
                    secret: secret,
                    isActive: try key.boolean("active") ?? true,
                    place: place
                )
            )
        }
        guard keys.count <= AccessKeyOwner.maximumKeys else {
            throw members.error(
                "accessKeys",
                "nobody has more than \(AccessKeyOwner.maximumKeys) access keys; remove one"
            )
        }
        return keys
    }

    /// The name, if an operation of IAM would take it.
    private func name<O: AWS.Operation>(
        _ member: String,
        _ operation: O.Type,
        _ apiMember: String,
        _ others: [String: String]
    ) throws(SeedError) -> String {
        let name = try members.string(member) ?? ""
        let request = others.merging([apiMember: name]) { $1 }.mapValues(JSONValue.string)
        if let breach = operation.breach(by: request) {
            throw members.error(member, breach)
        }
        return name
    }

    private func path() throws(SeedError) -> String? {
        guard let path = try members.string("path") else { return nil }
        let request = ["UserName": JSONValue.string("name"), "Path": .string(path)]
        if let breach = CreateUser.breach(by: request) {
            throw members.error("path", breach)
        }
        return path
    }

    /// Where a policy document stands, and so what IAM asks of it.
    private enum DocumentKind {
        case inline, managed, trust
    }

    /// A policy document, as JSON or as its text.
    private func document(
        _ name: String,
        of members: SeedMembers,
        _ kind: DocumentKind
    ) throws(SeedError) -> String {
        guard let text = try members.document(name) else {
            throw members.error(nil, "the member \(name) is missing")
        }
        let fault =
            kind == .trust
            ? IAMPolicyDocument.fault(inTrust: text)
            : IAMPolicyDocument.fault(
                in: text,
                partition: scope.partition,
                needsVersion: kind == .managed
            )
        if let fault { throw members.error(name, fault) }
        return text
    }
}
