internal import AWS
internal import Notation

extension SeedSecret: SeedItem {
    var kind: SeedKind { .secret }

    /// What is compared and changed by itself.
    private enum Part: String, CaseIterable {
        case description, kmsKeyId, type, tags, value, rotation, policy, replicas, deletionDate
    }

    func make(in vault: any VaultWriting, _ moment: SeedMoment) throws(APIError) -> Bool {
        guard try vault.secret(at: .name(name, scope)) == nil else { return false }
        let suffix = arnSuffix ?? StableIdentifier.suffix(name, scope)
        let secret = try vault.insert(
            NewSecret(
                arn: SecretARN(scope: scope, name: name, suffix: suffix),
                description: description ?? "",
                kmsKeyID: kmsKeyID ?? "",
                type: type,
                owningService: owningService,
                createdAt: moment.now
            )
        )
        if let tags, !tags.isEmpty { try vault.setTags(tags, of: secret) }
        try writeVersions(of: secret, isNew: true, in: vault, moment)
        if let rotation {
            try vault.setRotationConfiguration(rotation.configuration(at: moment.now), of: secret)
        }
        if let policy {
            try vault.setResourcePolicy(policy, named: ResourcePolicy.defaultName, of: secret)
        }
        // A copy is made of all that came before.
        if let replicas, !replicas.isEmpty {
            try writeReplicas(of: secret, in: vault, moment)
        }
        if deletionDate != nil { try writeDeletion(of: secret, in: vault, moment) }
        return true
    }

    // MARK: Comparing

    func difference(
        from vault: any VaultReading,
        _ plan: SeedPlan
    ) throws(APIError) -> SeedDifference {
        guard let secret = try vault.secret(at: .name(name, scope)) else { return .missing }
        if let refusal = refusal(of: secret) { return .refused(place.error(refusal)) }
        if let refusal = try refusalOfVersions(secret, vault) { return .refused(refusal) }
        var parts: [Part] = []
        for part in Part.allCases where try !isAsNamed(part, secret, vault) { parts.append(part) }
        return .parts(parts.map(\.rawValue))
    }

    /// Why a secret that is there cannot become the one of the document.
    private func refusal(of secret: Secret) -> String? {
        if secret.isReplica {
            return "a replica of another secret has the name; describe it as a replica of that one"
        }
        if let arnSuffix, arnSuffix != secret.arn.suffix {
            return "the secret is there with another arnSuffix; remove it first, or leave that out"
        }
        if let owningService, owningService != secret.owningService {
            return "the secret is there and not of \(owningService); remove it first"
        }
        return nil
    }

    private func isAsNamed(
        _ part: Part,
        _ secret: Secret,
        _ vault: any VaultReading
    ) throws(APIError) -> Bool {
        switch part {
        case .description: return description == nil || description == secret.description
        case .kmsKeyId: return kmsKeyID == nil || kmsKeyID == secret.kmsKeyID
        case .type: return type == nil || type == secret.type
        case .tags:
            guard let tags else { return true }
            return try Set(vault.tags(of: secret)) == Set(tags)
        case .value: return try hasVersions(secret, vault)
        case .rotation:
            guard let rotation else { return true }
            return try vault.rotationConfiguration(of: secret).map(rotation.isSame) ?? false
        case .policy:
            guard let policy else { return true }
            let name = ResourcePolicy.defaultName
            return try vault.resourcePolicy(name, of: secret) == policy
        case .replicas:
            guard let replicas else { return true }
            let present = try vault.replicas(of: secret).map { [$0.region, $0.kmsKeyID] }
            return Set(present) == Set(replicas.map { [$0.region, $0.kmsKeyID] })
        case .deletionDate: return deletionDate == secret.purgeAt
        }
    }

    // MARK: Changing

    func change(
        _ parts: [String],
        in vault: any VaultWriting,
        _ moment: SeedMoment
    ) throws(APIError) {
        guard let former = try vault.secret(at: .name(name, scope)) else { return }
        let parts = Set(parts.compactMap(Part.init(rawValue:)))
        var secret = former
        secret.touch(at: moment.now)
        if parts.contains(.deletionDate), secret.deletedAt != nil { secret.restore(at: moment.now) }
        if let description { secret.description = description }
        if let type { secret.type = type }
        if let kmsKeyID { secret.kmsKeyID = kmsKeyID }
        try vault.update(secret)
        if parts.contains(.kmsKeyId) {
            let requester = Requester.service(moment.randomness)
            try KeyAddition(to: secret).run(at: moment.now, by: requester, in: vault)
        }
        if parts.contains(.tags), let tags { try vault.setTags(tags, of: secret) }
        if parts.contains(.value) {
            try writeVersions(of: secret, isNew: false, in: vault, moment)
        }
        if parts.contains(.rotation), let rotation {
            let present = try vault.rotationConfiguration(of: secret)
            let configuration = rotation.configuration(at: moment.now, after: present)
            try vault.setRotationConfiguration(configuration, of: secret)
        }
        if parts.contains(.policy) {
            try vault.setResourcePolicy(policy, named: ResourcePolicy.defaultName, of: secret)
        }
        if parts.contains(.replicas) { try writeReplicas(of: secret, in: vault, moment) }
        try ReplicaUpdate(afterChangeOf: former, in: vault)?
            .run(at: moment.now, by: .service(moment.randomness), in: vault)
        if parts.contains(.deletionDate), deletionDate != nil {
            try writeDeletion(of: secret, in: vault, moment)
        }
    }

    /// Takes away the copies that the document does not name, and makes those that it does.
    private func writeReplicas(
        of secret: Secret,
        in vault: any VaultWriting,
        _ moment: SeedMoment
    ) throws(APIError) {
        let wanted = replicas ?? []
        var secret = secret
        for replica in try vault.replicas(of: secret) {
            let isWanted = wanted.contains {
                $0.region == replica.region && $0.kmsKeyID == replica.kmsKeyID
            }
            if !isWanted {
                try ReplicaRemoval(from: replica.region).run(on: &secret, in: vault)
            }
        }
        guard !wanted.isEmpty else { return }
        let regions = wanted.map { (region: $0.region, kmsKeyID: $0.kmsKeyID) }
        try Replication(of: secret, to: regions, overwriting: false)
            .run(at: moment.now, by: .service(moment.randomness), in: vault)
    }

    private func writeDeletion(
        of secret: Secret,
        in vault: any VaultWriting,
        _ moment: SeedMoment
    ) throws(APIError) {
        guard let deletionDate else { return }
        var secret = try vault.secret(at: .name(name, scope)) ?? secret
        secret.scheduleDeletion(at: moment.now, purgeAt: deletionDate)
        try vault.update(secret)
    }
}
