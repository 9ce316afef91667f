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

    /// The number of the key among those of the version; the trail is told what KMS was asked for.
    ///
    /// - Throws: DecryptionFailure, or AccessDeniedException and InvalidRequestException for keys that
    ///   are not the caller's to use.
    func number(for requester: Requester, in vault: any VaultReading) throws(APIError) -> Int {
        var first: (key: VersionKey, answer: APIError?)?
        for (number, key) in version.keys.enumerated() {
            let isClosed = use(of: key).isClosed(to: requester)
            let answer = isClosed ? nil : try refusal(of: key, requester, vault)
            guard isClosed || answer != nil else {
                requester.note(KeyCall(.decrypt, use(of: key)))
                return number
            }
            first = first ?? (key, answer)
        }
        guard let first else {
            throw .decryptionFailure(cause: "\(version.id) of \(secret.text) is under no key")
        }
        guard let answer = first.answer else { throw .defaultKeyAcrossAccounts }
        throw .cannotDecrypt(
            requester.note(KeyCall(.decrypt, use(of: first.key)), refusedWith: answer)
        )
    }

    /// What KMS refuses with the oldest key when it uses none for somebody; nil when it uses one.
    func refusal(
        by requester: Requester,
        in vault: any VaultReading
    ) throws(APIError) -> KeyRefusal? {
        var first: (key: VersionKey, answer: APIError)?
        for key in version.keys {
            guard let answer = try refusal(of: key, requester, vault) else { return nil }
            first = first ?? (key, answer)
        }
        return first.map { first in
            requester.note(KeyCall(.decrypt, use(of: first.key)), refusedWith: first.answer)
        }
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
        if authorization == nil, isOwn, let key = version.keys.first, key.isUsable {
            dependents.note(KeyCall(.decrypt, of: version.id, under: key.kmsKeyID).write)
            return 0
        }
        return try OpeningKey(of: version, of: secret.arn)
            .number(for: requester.about(secret.arn), in: vault)
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
