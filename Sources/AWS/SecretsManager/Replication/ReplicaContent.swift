internal import Notation

/// What a replica has from its primary, wherever it is: description, tags, versions and rotation
/// settings.
struct ReplicaContent: Sendable {
    private let primary: Secret

    init(of primary: Secret) {
        self.primary = primary
    }

    /// The versions whose values a copy has not got yet.
    ///
    /// That is told without a key, for that may be one that is disabled.
    func missing(
        in copy: Secret,
        _ vault: any VaultReading
    ) throws(APIError) -> [SecretVersion] {
        let filled = Set(try vault.versions(of: copy).filter(\.hasValue).map(\.id))
        return try vault.versions(of: primary).filter { $0.hasValue && !filled.contains($0.id) }
    }

    /// Makes a copy like its primary.
    ///
    /// - Parameters:
    ///   - copy: the copy.
    ///   - now: the time.
    ///   - requester: in whose name values are opened and sealed.
    ///   - vault: where both are.
    /// - Throws: what the vault throws, and what a key is refused with.
    func write(
        to copy: Secret,
        at now: Timestamp,
        by requester: Requester,
        in vault: any VaultWriting
    ) throws(APIError) {
        try vault.update(copy.following(primary))
        let tags = try vault.tags(of: primary)
        if try vault.tags(of: copy) != tags { try vault.setTags(tags, of: copy) }
        let wanted = try vault.versions(of: primary)
        let present = try vault.versions(of: copy)
        try copyValues(of: wanted, to: copy, whichHas: present, at: now, requester, vault)
        try copyLabels(to: copy, at: now, vault)
        for id in Set(present.map(\.id)).subtracting(wanted.map(\.id)) {
            guard let gone = PrunedVersion(id, goneFromPrimaryOf: copy) else { continue }
            try vault.delete(gone)
        }
        if let rotation = try vault.rotationConfiguration(of: primary),
            try vault.rotationConfiguration(of: copy) != rotation
        {
            try vault.setRotationConfiguration(rotation, of: copy)
        }
    }

    private func copyValues(
        of wanted: [SecretVersion],
        to copy: Secret,
        whichHas present: [SecretVersion],
        at now: Timestamp,
        _ requester: Requester,
        _ vault: any VaultWriting
    ) throws(APIError) {
        let filled = Dictionary(uniqueKeysWithValues: present.map { ($0.id, $0.hasValue) })
        for version in wanted {
            let isFilled = filled[version.id]
            guard isFilled == nil || (isFilled == false && version.hasValue) else { continue }
            let content = try VersionContent(
                try vault.open(.id(version.id), of: primary, by: requester)?.value,
                ofVersion: version.id,
                of: copy,
                at: now,
                by: requester,
                in: vault
            )
            if isFilled == nil {
                try vault.insertVersion(version.id, of: copy, content, at: now)
            } else {
                // The placeholder of a rotation has got its value.
                try vault.setContent(content, ofVersion: version.id, of: copy)
                try vault.setCreationDate(now, ofVersion: version.id, of: copy)
            }
        }
    }

    /// A version is as old as its labels.
    private func copyLabels(
        to copy: Secret,
        at now: Timestamp,
        _ vault: any VaultWriting
    ) throws(APIError) {
        let former = try vault.stagingLabels(of: copy)
        let changed = try ChangedLabels(ofPrimary: primary, in: vault)
        guard changed.labels != former else { return }
        try vault.setStagingLabels(changed, of: copy)
        try ServiceEvent.record(movesFrom: former, to: changed.labels, of: copy, at: now, in: vault)
        for id in Set((former.attachments + changed.labels.attachments).map(\.versionID))
        where former.labels(of: id) != changed.labels.labels(of: id) {
            try vault.setCreationDate(now, ofVersion: id, of: copy)
        }
    }
}
