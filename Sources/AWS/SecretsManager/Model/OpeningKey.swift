internal import Notation

/// Which of the keys that a version is under opens it for somebody.
///
/// Each will do, and is judged by itself: by its state, and by whether it is theirs to use. The oldest
/// that may be used is taken; when there is none, what is against the oldest is told. [guess: which]
struct OpeningKey {
    private let version: SecretVersion
    private let secret: SecretARN

    init(of version: SecretVersion, of secret: SecretARN) {
        self.version = version
        self.secret = secret
    }

    /// The number of the key among those of the version.
    ///
    /// - Throws: DecryptionFailure, or AccessDeniedException and InvalidRequestException for keys that
    ///   are not the caller's to use.
    func number(for requester: Requester, in vault: any VaultReading) throws(APIError) -> Int {
        var first: APIError?
        for (number, key) in version.keys.enumerated() {
            guard let refusal = try refusalOfReading(key, requester, vault) else { return number }
            first = first ?? refusal
        }
        throw first ?? .decryptionFailure(cause: "\(version.id) of \(secret.text) is under no key")
    }

    private func refusalOfReading(
        _ key: VersionKey,
        _ requester: Requester,
        _ vault: any VaultReading
    ) throws(APIError) -> APIError? {
        guard !use(of: key).isClosed(to: requester) else { return .defaultKeyAcrossAccounts }
        return try refusal(of: key, requester, vault).map { answer in
            .cannotDecrypt(answer, requestID: requester.makeRequestID())
        }
    }

    /// What KMS answers about the oldest key when it uses none for somebody; nil when it uses one.
    func refusal(
        by requester: Requester,
        in vault: any VaultReading
    ) throws(APIError) -> APIError? {
        var first: APIError?
        for key in version.keys {
            guard let refusal = try refusal(of: key, requester, vault) else { return nil }
            first = first ?? refusal
        }
        return first
    }

    private func refusal(
        of key: VersionKey,
        _ requester: Requester,
        _ vault: any VaultReading
    ) throws(APIError) -> APIError? {
        // An alias that nobody knew when the value was sealed may be another key's by now.
        guard key.state != nil || key.isDefault else { return nil }
        return try use(of: key).refusal(of: [.decrypt], by: requester, in: vault)
    }

    /// What reading it needs permission for; any of its keys will do.
    func needs(for caller: Caller, in vault: any VaultReading) throws(APIError) -> [FurtherNeed] {
        var all: [FurtherNeed] = []
        for key in version.keys.reversed() {
            guard key.state != nil || key.isDefault else { return [] }
            let needs = try use(of: key).needs([.decrypt], for: caller, in: vault)
            // A key that needs no permission is enough.
            guard let need = needs.first else { return [] }
            all.append(need)
        }
        guard var first = all.first else { return [] }
        first.alternatives = Array(all.dropFirst())
        return [first]
    }

    private func use(of key: VersionKey) -> KeyOfSecret {
        KeyOfSecret(of: secret, kmsKeyID: key.kmsKeyID, forVersion: version.id)
    }
}

extension Call {
    /// The number of the key that opens a version for the caller; throws as `OpeningKey` does.
    ///
    /// The trail is told what KMS was asked for.
    func openingKey(
        of version: SecretVersion,
        of secret: Secret,
        in vault: any VaultReading
    ) throws(APIError) -> Int {
        // Nearly always there is nobody to refuse a key that can be used.
        let isOwn = secret.arn.scope.account == caller.scope.account
        var number = 0
        if authorization != nil || !isOwn || version.keys.first?.isUsable != true {
            do throws(APIError) {
                number = try OpeningKey(of: version, of: secret.arn)
                    .number(for: requester, in: vault)
            } catch {
                note(error, from: KeyCall(opening: version))
                throw error
            }
        }
        if version.hasValue { note(KeyCall(opening: version, by: number)) }
        return number
    }
}

extension VaultReading {
    /// Decrypts a version in somebody's name, or the service's own.
    ///
    /// - Parameters:
    ///   - selector: which version.
    ///   - secret: its secret.
    ///   - requester: who must be able to use a key that it is under.
    /// - Returns: nil when there is no such version.
    /// - Throws: as `OpeningKey` does, and DecryptionFailure for a value that is damaged.
    package func open(
        _ selector: VersionSelector,
        of secret: Secret,
        by requester: Requester = .service
    ) throws(APIError) -> OpenedVersion? {
        try open(selector, of: secret) { version throws(APIError) in
            try OpeningKey(of: version, of: secret.arn).number(for: requester, in: self)
        }
    }
}
