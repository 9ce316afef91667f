internal import AWS
internal import Notation

/// All that seed documents describe, in the order in which it is made.
struct SeedPlan: Sendable {
    let keys: [SeedKey]
    /// Policies before those who hold them.
    let principals: [SeedPrincipal]
    let secrets: [SeedSecret]
    /// In the order of the documents; the first whose pattern fits an ARN is the one.
    let rotationFunctions: [RotationFunction]
    /// The accounts and regions that the documents are about.
    let scopes: Set<Scope>

    /// - Throws: when two documents, or one twice, describe the same thing: which of them wins
    ///   would be anybody's guess.
    init(_ documents: [SeedDocument]) throws(SeedError) {
        keys = documents.flatMap(\.keys)
        secrets = documents.flatMap(\.secrets)
        rotationFunctions = documents.flatMap(\.rotationFunctions)
        principals = try SeedPlan.ordered(documents.flatMap(\.principals))
        scopes = Set(documents.map(\.scope) + secrets.map(\.scope))
        try SeedPlan.checkAccessKeys(of: principals)
        try SeedPlan.checkNames(of: secrets)
        try SeedPlan.checkIdentifiers(of: keys)
    }

    /// Keys, who holds policies, and secrets last.
    var items: [any SeedItem] { keys + principals + secrets }

    var isEmpty: Bool { keys.isEmpty && principals.isEmpty && secrets.isEmpty }

    /// Whether a document has a policy, by its name or ARN.
    func hasPolicy(_ text: String, in account: String) -> Bool {
        principals.contains { principal in
            guard principal.kind == .policy, principal.account == account else { return false }
            let arn = principal.scope.iamARN("policy\(principal.path ?? "/")\(principal.name)")
            return text == principal.name || text == arn
        }
    }
}

extension SeedPlan {
    /// - Throws: when one is described twice.
    private static func ordered(
        _ principals: [SeedPrincipal]
    ) throws(SeedError) -> [SeedPrincipal] {
        var identifiers: Set<String> = []
        for principal in principals {
            guard identifiers.insert(principal.identifier).inserted else {
                throw principal.place.error("the same principal is described twice")
            }
        }
        return principals.filter { $0.kind == .policy } + principals.filter { $0.kind != .policy }
    }

    private static func checkNames(of secrets: [SeedSecret]) throws(SeedError) {
        var places: [SecretAddress: SeedPlace] = [:]
        for secret in secrets {
            try take(.name(secret.name, secret.scope), secret.place, &places, "the same secret")
            for replica in secret.replicas ?? [] {
                let scope = Scope(account: secret.scope.account, region: replica.region)
                try take(.name(secret.name, scope), replica.place, &places, "the same secret")
            }
        }
    }

    /// - Throws: when one id is there twice: whose key it is would be anybody's guess.
    private static func checkAccessKeys(of principals: [SeedPrincipal]) throws(SeedError) {
        var places: [String: SeedPlace] = [:]
        for key in principals.flatMap(\.accessKeys) {
            try take(key.id, key.place, &places, "the same access key")
        }
    }

    private static func checkIdentifiers(of keys: [SeedKey]) throws(SeedError) {
        var places: [KeyAddress: SeedPlace] = [:]
        for key in keys {
            try take(.id(key.id, key.scope), key.place, &places, "the same key")
            for alias in key.aliases {
                try take(.alias(alias, key.scope), key.place, &places, "the same alias")
            }
        }
    }

    private static func take<Name: Hashable>(
        _ name: Name,
        _ place: SeedPlace,
        _ places: inout [Name: SeedPlace],
        _ thing: String
    ) throws(SeedError) {
        if let other = places[name] { throw place.error(thing, isAt: other) }
        places[name] = place
    }
}

extension SeedPlace {
    /// What is here is somewhere else too.
    fileprivate func error(_ thing: String, isAt other: SeedPlace) -> SeedError {
        let former = other.error("")
        let line = former.line.map { ":\($0)" } ?? ""
        return error("\(thing) is in \(former.file)\(line); remove one of them")
    }
}
