internal import AWS
internal import JSON
internal import Notation

/// A KMS key as a seed document describes it.
///
/// What it seals with is made anew in every vault.
struct SeedKey: Sendable {
    let id: String
    let scope: Scope
    let description: String?
    let aliases: [String]
    /// As it is kept; nil when the document names none.
    let policy: String?
    let tags: [Tag]?
    /// The days between two rotations.
    let rotationPeriodInDays: Int64?
    let isEnabled: Bool
    let isMultiRegion: Bool
    /// When it is deleted for good; nil unless that is pending.
    let deletionDate: Timestamp?
    let place: SeedPlace

    private enum Part {
        static let description = "description"
        static let aliases = "aliases"
        static let policy = "policy"
        static let tags = "tags"
        static let rotation = "rotationPeriodInDays"
        static let state = "state"
    }

    private var arn: KeyARN { KeyARN(scope: scope, keyID: id) }
}

extension SeedKey: SeedItem {
    var kind: SeedKind { .key }
    var name: String { aliases.first ?? id }

    func make(in vault: any VaultWriting, _ moment: SeedMoment) throws(APIError) -> Bool {
        guard try vault.key(at: .id(id, scope)) == nil else { return false }
        let key = try vault.insert(
            NewKey(
                arn: arn,
                description: description ?? "",
                policy: policy ?? KeyPolicy.initial(in: scope),
                isMultiRegion: isMultiRegion,
                createdAt: moment.now,
                rotation: rotationPeriodInDays.map { days in
                    KeyRotation(periodInDays: days, enabledAt: moment.now)
                }
            )
        )
        if let tags, !tags.isEmpty { try vault.setTags(tags, of: key) }
        try setAliases(of: key, in: vault, moment)
        return true
    }

    func difference(
        from vault: any VaultReading,
        _ plan: SeedPlan
    ) throws(APIError) -> SeedDifference {
        guard let key = try vault.key(at: .id(id, scope)) else { return .missing }
        guard key.state != .deleted else {
            return .refused(place.error("the key was deleted for good; give it another id"))
        }
        guard !key.isAWSManaged, key.isMultiRegion == isMultiRegion else {
            return .refused(place.error("the key is there and of another kind; give it another id"))
        }
        var parts: [String] = []
        if let description, description != key.description { parts.append(Part.description) }
        let present = Set(try vault.aliases(of: key).map(\.name))
        if !present.isSuperset(of: aliases) { parts.append(Part.aliases) }
        if let policy, !PolicyText.isSame(policy, try vault.policy(of: key)) {
            parts.append(Part.policy)
        }
        if let tags, try Set(vault.tags(of: key)) != Set(tags) { parts.append(Part.tags) }
        if let rotationPeriodInDays, rotationPeriodInDays != key.rotation?.periodInDays {
            parts.append(Part.rotation)
        }
        if state != key.state || deletionDate != key.deletionDate { parts.append(Part.state) }
        return .parts(parts)
    }

    /// Its state follows at the end, by `settle`: what is to be sealed under it needs it enabled.
    func change(
        _ parts: [String],
        in vault: any VaultWriting,
        _ moment: SeedMoment
    ) throws(APIError) {
        guard var key = try vault.key(at: .id(id, scope)) else { return }
        if let description { key.description = description }
        if let rotationPeriodInDays, parts.contains(Part.rotation) {
            key.rotation = KeyRotation(
                periodInDays: rotationPeriodInDays,
                enabledAt: moment.now
            )
        }
        if key.state == .pendingDeletion { key.cancelDeletion() }
        key.state = .enabled
        try vault.update(key)
        if let policy, parts.contains(Part.policy) { try vault.setPolicy(policy, of: key) }
        if let tags, parts.contains(Part.tags) { try vault.setTags(tags, of: key) }
        try setAliases(of: key, in: vault, moment)
    }

    private var state: KeyState {
        deletionDate != nil ? .pendingDeletion : isEnabled ? .enabled : .disabled
    }

    /// Brings a key that was made or changed into its state, once all that needs it is written.
    func settle(in vault: any VaultWriting) throws(APIError) {
        guard state != .enabled, var key = try vault.key(at: .id(id, scope)) else { return }
        if let deletionDate {
            key.scheduleDeletion(at: deletionDate)
        } else {
            key.state = .disabled
        }
        try vault.update(key)
    }

    private func setAliases(
        of key: KMSKey,
        in vault: any VaultWriting,
        _ moment: SeedMoment
    ) throws(APIError) {
        for name in aliases {
            let former = try vault.alias(name, in: scope)
            guard former?.targetKeyID != id else { continue }
            let alias = KeyAlias(
                name: name,
                scope: scope,
                targetKeyID: id,
                createdAt: former?.createdAt ?? moment.now,
                updatedAt: moment.now
            )
            try vault.setAlias(alias, of: key)
        }
    }
}
