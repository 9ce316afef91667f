internal import AWS
internal import Notation
internal import Storage

/// All secrets of all seed documents, in the order in which they are made.
struct SeedPlan: Sendable {
    let secrets: [SeedSecret]
    /// In the order of the documents; the first whose pattern fits an ARN is the one.
    let rotationFunctions: [RotationFunction]
    /// Policies before those who hold them.
    let principals: [SeedPrincipal]

    /// - Throws: when two documents, or one twice, describe the same secret: which of them wins
    ///   would be anybody's guess.
    init(_ documents: [SeedDocument]) throws(SeedError) {
        secrets = documents.flatMap(\.secrets)
        rotationFunctions = documents.flatMap(\.rotationFunctions)
        principals = try SeedPlan.ordered(documents.flatMap(\.principals))
        try SeedPlan.checkAccessKeys(of: principals)
        var places: [SecretAddress: SeedPlace] = [:]
        for secret in secrets {
            try SeedPlan.take(.name(secret.name, secret.scope), at: secret.place, &places)
            for replica in secret.replicas {
                let scope = Scope(account: secret.scope.account, region: replica.region)
                try SeedPlan.take(.name(secret.name, scope), at: replica.place, &places)
            }
        }
    }

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
        let isPolicy: (SeedPrincipal) -> Bool = { principal in
            if case .policy = principal.kind { true } else { false }
        }
        return principals.filter(isPolicy) + principals.filter { !isPolicy($0) }
    }

    private static func take(
        _ address: SecretAddress,
        at place: SeedPlace,
        _ places: inout [SecretAddress: SeedPlace]
    ) throws(SeedError) {
        if let other = places[address] { throw place.error("the same secret", isAt: other) }
        places[address] = place
    }

    /// - Throws: when one id is there twice: whose key it is would be anybody's guess.
    private static func checkAccessKeys(of principals: [SeedPrincipal]) throws(SeedError) {
        var places: [String: SeedPlace] = [:]
        for key in principals.flatMap(\.accessKeys) {
            if let other = places[key.id] {
                throw key.place.error("the same access key", isAt: other)
            }
            places[key.id] = key.place
        }
    }

    /// Makes what is missing and never touches what is there, after emptying the vault when that is
    /// asked for.
    ///
    /// - Parameters:
    ///   - vault: the vault, inside a job that is alone in its write lane: it takes as long as there
    ///     are secrets.
    ///   - emptied: which secrets go first, and for which account seeds are applied; nil for none
    ///     and all.
    ///   - now: the time of creation.
    ///   - randomness: for the values that are generated.
    /// - Returns: how much there was to do.
    /// - Throws: what the vault throws; then nothing may be kept.
    func apply(
        to vault: any VaultWriting,
        emptying emptied: Emptying? = nil,
        at now: Timestamp,
        randomness: Randomness
    ) throws(APIError) -> SeedSummary {
        let account = emptied?.account
        if let emptied { try emptied.empty(vault) }
        var summary = SeedSummary()
        for principal in principals where account == nil || principal.account == account {
            let isNew = try principal.make(in: vault, at: now)
            if isNew { summary.created += 1 } else { summary.existing += 1 }
        }
        for secret in secrets where account == nil || secret.scope.account == account {
            if try vault.secret(at: .name(secret.name, secret.scope)) == nil {
                try SeedPlan.make(secret, in: vault, at: now, randomness)
                summary.created += 1
            } else {
                summary.existing += 1
            }
        }
        return summary
    }

    /// Applies the seeds in one job of the write lane, and waits for it to be on disk.
    func applyAndWait(
        to vault: any Vault,
        at now: Timestamp,
        _ randomness: Randomness
    ) throws(StartError) -> SeedSummary {
        guard !secrets.isEmpty || !principals.isEmpty else { return SeedSummary() }
        do throws(APIError) {
            return try vault.writeAloneAndWait { vault throws(APIError) in
                try apply(to: vault, at: now, randomness: randomness)
            }
        } catch {
            let cause = error.cause ?? error.message ?? "the vault gave no reason"
            throw StartError(
                description: "the seeds could not be applied and nothing was changed: \(cause)"
            )
        }
    }

    private static func make(
        _ seed: SeedSecret,
        in vault: any VaultWriting,
        at now: Timestamp,
        _ randomness: Randomness
    ) throws(APIError) {
        let arn = SecretARN(
            scope: seed.scope,
            name: seed.name,
            suffix: seed.arnSuffix ?? StableIdentifier.suffix(seed.name, seed.scope)
        )
        let secret = try vault.insert(
            NewSecret(
                arn: arn,
                description: seed.description,
                kmsKeyID: seed.kmsKeyID,
                type: seed.type,
                owningService: seed.owningService,
                createdAt: now
            )
        )
        if !seed.tags.isEmpty { try vault.setTags(seed.tags, of: secret) }
        for (index, version) in seed.versions.enumerated() {
            let stable = StableIdentifier.version(index, seed.name, seed.scope)
            let id = version.id ?? secret.versionID(stable)
            let labels = version.stagingLabels
            try NewVersion(
                id: id,
                value: try value(of: version, randomness),
                stagingLabels: labels.isEmpty ? [StagingLabels.current] : labels
            )
            .add(to: secret, at: now, by: .service(randomness), in: vault)
        }
        if let rotation = seed.rotation {
            try vault.setRotationConfiguration(rotation.configuration(at: now), of: secret)
        }
        if let policy = seed.policy {
            try vault.setResourcePolicy(policy, named: ResourcePolicy.defaultName, of: secret)
        }
        // Last, because a copy is made of all that came before.
        guard !seed.replicas.isEmpty else { return }
        let regions = seed.replicas.map { (region: $0.region, kmsKeyID: $0.kmsKeyID) }
        try Replication(of: secret, to: regions, overwriting: false)
            .run(at: now, by: .service(randomness), in: vault)
    }

    private static func value(
        of version: SeedVersion,
        _ randomness: Randomness
    ) throws(APIError) -> SecretValue {
        switch version.value {
        case .fixed(let value): return value
        case .generated(let password):
            var generator = randomness
            let text = try password.generate(using: &generator)
            return SecretValue(kind: .string, bytes: Array(text.utf8))
        }
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

/// What applying seeds did.
struct SeedSummary: Sendable, Equatable {
    var created = 0
    var existing = 0
}
