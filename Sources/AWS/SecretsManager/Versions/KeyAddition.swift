package import Notation

/// Lets the present key of a secret open the versions that are in use, beside the keys that open
/// them already; deprecated versions keep the keys that they have.
///
/// A version stays as it is when the caller may not open it, or may not encrypt with the new key, for
/// to be under another key is to be readable there; nor is one moved that no key opens.
package struct KeyAddition {
    private let secret: Secret

    /// - Parameter secret: the secret, with its new key.
    package init(to secret: Secret) {
        self.secret = secret
    }

    package func run(
        at now: Timestamp,
        by requester: Requester,
        in vault: any VaultWriting
    ) throws(APIError) {
        let labels = try vault.stagingLabels(of: secret)
        let inUse = [StagingLabels.current, StagingLabels.pending, StagingLabels.previous]
        let kmsKeyID = try SealingKey.kmsKeyID(of: secret, in: vault)
        for id in Set(inUse.compactMap { labels[$0] }).sorted() {
            guard let version = try vault.version(.id(id), of: secret),
                !version.isUnder(kmsKeyID)
            else { continue }
            if version.hasValue {
                try add(to: version, at: now, requester, vault)
            } else {
                let content = VersionContent.placeholder(kmsKeyID: kmsKeyID)
                try vault.setContent(content, ofVersion: id, of: secret)
            }
        }
    }

    private func add(
        to version: SecretVersion,
        at now: Timestamp,
        _ requester: Requester,
        _ vault: any VaultWriting
    ) throws(APIError) {
        let number: Int
        let key: SealingKey
        do throws(APIError) {
            number = try OpeningKey(of: version, of: secret.arn).number(for: requester, in: vault)
            key = try SealingKey.now(
                of: secret,
                forVersion: version.id,
                .encrypt,
                at: now,
                by: requester,
                in: vault
            )
        } catch {
            guard error.isAboutKey else { throw error }
            return
        }
        try vault.add(key, toVersion: version.id, of: secret, openedBy: number)
    }
}
