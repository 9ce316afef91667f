internal import Notation

/// A copy of a secret under a key of its own, and the right to make it.
///
/// A copy is a read, for whoever may use the copy's key reads it there. So the caller needs
/// kms:Decrypt on a key of each value, and kms:GenerateDataKey on the copy's. For a secret without
/// values its present key stands for those that will come.
package struct CopyOfSecret: Sendable {
    let primary: Secret
    /// The ARN that the copy has or will have.
    let copy: SecretARN
    /// The copy's key, as it was given.
    let kmsKeyID: String

    /// What KMS has against copying some versions, or all that have a value; nil when nothing.
    ///
    /// Only a refusal is noted: when the values are copied, KMS is asked for each.
    func refusal(
        of versions: [SecretVersion]? = nil,
        by requester: Requester,
        in vault: any VaultReading
    ) throws(APIError) -> KeyRefusal? {
        let copied = if let versions { versions } else { try self.versions(vault) }
        if let refusal = try refusalOfReading(copied, requester, vault) { return refusal }
        return try refusalOfSealing(copied, requester, vault)
    }

    /// Refuses the whole call when KMS has anything against the copy.
    ///
    /// - Throws: AccessDeniedException, DecryptionFailure, EncryptionFailure.
    func requireAccess(by requester: Requester, in vault: any VaultReading) throws(APIError) {
        let versions = try versions(vault)
        if let refusal = try refusalOfReading(versions, requester, vault) {
            throw .cannotDecrypt(refusal)
        }
        if let refusal = try refusalOfSealing(versions, requester, vault) {
            throw .cannotEncrypt(refusal)
        }
    }

    /// What it needs permission for.
    func needs(
        for caller: Caller,
        in vault: any VaultReading
    ) throws(APIError) -> [FurtherNeed] {
        let versions = try versions(vault)
        var needs: [FurtherNeed] = []
        if versions.isEmpty { needs += try present.needs([.decrypt], for: caller, in: vault) }
        for version in versions {
            needs += try OpeningKey(of: version, of: primary.arn).needs(for: caller, in: vault)
        }
        return needs
            + (try sealing(versions).needs([.generateDataKey], for: caller, in: vault))
    }

    private func refusalOfReading(
        _ versions: [SecretVersion],
        _ requester: Requester,
        _ vault: any VaultReading
    ) throws(APIError) -> KeyRefusal? {
        if versions.isEmpty { return try refusal(of: .decrypt, present, requester, vault) }
        for version in versions {
            let key = OpeningKey(of: version, of: primary.arn)
            if let refusal = try key.refusal(by: requester, in: vault) { return refusal }
        }
        return nil
    }

    private func refusalOfSealing(
        _ versions: [SecretVersion],
        _ requester: Requester,
        _ vault: any VaultReading
    ) throws(APIError) -> KeyRefusal? {
        try refusal(of: .generateDataKey, sealing(versions), requester, vault)
    }

    private func refusal(
        of use: KeyUse,
        _ key: KeyOfSecret,
        _ requester: Requester,
        _ vault: any VaultReading
    ) throws(APIError) -> KeyRefusal? {
        guard let answer = try key.refusal(of: [use], by: requester, in: vault) else { return nil }
        return requester.note(KeyCall(use, try key.named(in: vault)), refusedWith: answer)
    }

    private var present: KeyOfSecret {
        KeyOfSecret(presentOf: primary, forVersion: KeyOfSecret.noVersion)
    }

    private func sealing(_ versions: [SecretVersion]) -> KeyOfSecret {
        let versionID = versions.first?.id ?? KeyOfSecret.noVersion
        return KeyOfSecret(of: copy, kmsKeyID: kmsKeyID, forVersion: versionID)
    }

    /// Of those that are under the same keys one, the newest: KMS would say the same of all.
    private func versions(_ vault: any VaultReading) throws(APIError) -> [SecretVersion] {
        var seen: Set<[VersionKey]> = []
        return try vault.versions(of: primary).reversed().filter { version in
            version.hasValue && seen.insert(version.keys).inserted
        }
    }
}
