internal import AWS
internal import Notation

/// The versions of a secret, and which labels they have in the end.
extension SeedSecret {
    /// Whether the document says of each version which labels it has: then it has just these.
    private var namesAllLabels: Bool {
        versions.allSatisfy { !$0.stagingLabels.isEmpty }
            && versions.contains { $0.stagingLabels.contains(StagingLabels.current) }
    }

    /// The index of the version of each label, as text.
    private var expectedLabels: StagingLabels {
        var labels = StagingLabels()
        for (index, version) in versions.enumerated() {
            labels.put(wantedLabels(of: version), on: String(index))
            if labels[StagingLabels.current] == nil {
                labels.put([StagingLabels.current], on: String(index))
            }
        }
        guard namesAllLabels else { return labels }
        return StagingLabels(
            versions.enumerated().flatMap { index, version in
                version.stagingLabels.map { label in
                    StagingLabels.Attachment(label: label, versionID: String(index))
                }
            }
        )
    }

    private func wantedLabels(of version: SeedVersion) -> [String] {
        version.stagingLabels.isEmpty ? [StagingLabels.current] : version.stagingLabels
    }

    /// Whether the vault has a version with each label, and with the value that goes with it.
    func hasVersions(
        _ secret: Secret,
        _ vault: any VaultReading
    ) throws(APIError) -> Bool {
        guard !versions.isEmpty else { return true }
        let present = try vault.stagingLabels(of: secret)
        let expected = expectedLabels
        for (index, version) in versions.enumerated() {
            let labels = expected.labels(of: String(index))
            guard !labels.isEmpty || version.id != nil else { continue }
            guard let id = try id(of: version, labels, present, secret, vault),
                labels.allSatisfy({ present[$0] == id }),
                try isFilled(version, as: id, secret, vault)
            else { return false }
        }
        return true
    }

    /// The version of the vault that stands for one of the document: the one of its id, or one of its
    /// labels with its value.
    private func id(
        of version: SeedVersion,
        _ labels: [String],
        _ present: StagingLabels,
        _ secret: Secret,
        _ vault: any VaultReading
    ) throws(APIError) -> String? {
        if let id = version.id { return try vault.version(.id(id), of: secret)?.id }
        for id in labels.compactMap({ present[$0] }) {
            guard let value = version.value else { return id }
            if value.isMet(by: try vault.storedValue(ofVersion: id, of: secret)) { return id }
        }
        return nil
    }

    private func isFilled(
        _ version: SeedVersion,
        as id: String,
        _ secret: Secret,
        _ vault: any VaultReading
    ) throws(APIError) -> Bool {
        guard let value = version.value else { return true }
        return value.isMet(by: try vault.storedValue(ofVersion: id, of: secret))
    }

    /// What is wrong with a version that is there with another value: a version never changes.
    func refusalOfVersions(
        _ secret: Secret,
        _ vault: any VaultReading
    ) throws(APIError) -> SeedError? {
        for version in versions {
            guard let id = version.id, let value = version.value,
                try vault.version(.id(id), of: secret)?.hasValue == true,
                try !value.isMet(by: vault.storedValue(ofVersion: id, of: secret))
            else { continue }
            return version.place.error(
                "the version is there with another value, and versions never change; give it"
                    + " another id"
            )
        }
        return nil
    }

    /// Makes the versions that are missing, and moves the labels.
    func writeVersions(
        of secret: Secret,
        isNew: Bool,
        in vault: any VaultWriting,
        _ moment: SeedMoment
    ) throws(APIError) {
        let expected = expectedLabels
        let present = try vault.stagingLabels(of: secret)
        var ids: [String?] = []
        for (index, version) in versions.enumerated() {
            let labels = expected.labels(of: String(index))
            guard isNew || !labels.isEmpty || version.id != nil else {
                ids.append(nil)
                continue
            }
            if !isNew, let id = try id(of: version, labels, present, secret, vault) {
                try fill(version, as: id, of: secret, in: vault, moment)
                ids.append(id)
            } else {
                ids.append(try add(version, at: index, to: secret, in: vault, moment))
            }
        }
        var change = try StagingLabelChange(of: secret, in: vault)
        // AWSCURRENT first: AWSPREVIOUS follows it.
        let order = expected.attachments.sorted { left, right in
            left.label == StagingLabels.current && right.label != StagingLabels.current
        }
        for attachment in order {
            guard let index = Int(attachment.versionID), let id = ids[index] else { continue }
            guard change.labels[attachment.label] != id else { continue }
            change.labels.move(attachment.label, to: id)
        }
        if isNew, namesAllLabels {
            for label in change.labels.attachments.map(\.label) where expected[label] == nil {
                change.labels.detach(label)
            }
        }
        try change.make(at: moment.now, in: vault)
    }

    private func add(
        _ version: SeedVersion,
        at index: Int,
        to secret: Secret,
        in vault: any VaultWriting,
        _ moment: SeedMoment
    ) throws(APIError) -> String {
        let stable = secret.versionID(StableIdentifier.version(index, name, scope))
        let isTaken = try vault.version(.id(stable), of: secret) != nil
        let id = version.id ?? (isTaken ? secret.versionID(moment.randomness.uuid()) : stable)
        try NewVersion(
            id: id,
            value: try version.value?.made(moment.randomness),
            stagingLabels: wantedLabels(of: version)
        )
        .add(to: secret, at: moment.now, by: .service(moment.randomness), in: vault)
        return id
    }

    /// Gives a version its value that waits for one.
    private func fill(
        _ version: SeedVersion,
        as id: String,
        of secret: Secret,
        in vault: any VaultWriting,
        _ moment: SeedMoment
    ) throws(APIError) {
        guard let value = version.value, try vault.version(.id(id), of: secret)?.hasValue == false
        else { return }
        let content = try VersionContent(
            try value.made(moment.randomness),
            ofVersion: id,
            of: secret,
            at: moment.now,
            by: .service(moment.randomness),
            in: vault
        )
        try vault.setContent(content, ofVersion: id, of: secret)
    }
}

extension VaultReading {
    /// The value of a version as it lies there, whether its key is enabled or not; nil when it has
    /// none, or its key is gone.
    func storedValue(
        ofVersion id: String,
        of secret: Secret
    ) throws(APIError) -> SecretValue? {
        do throws(APIError) {
            return try open(.id(id), of: secret) { _ in 0 }?.value
        } catch {
            guard error.code != .internalServiceError else { throw error }
            return nil
        }
    }
}
