internal import AWS
internal import Cryptography

/// All secrets of all seed documents, in the order in which they are made.
struct SeedPlan: Sendable {
    let secrets: [SeedSecret]

    /// - Throws: when two documents, or one twice, describe the same secret: which of them wins
    ///   would be anybody's guess.
    init(_ documents: [SeedDocument]) throws(SeedError) {
        var places: [SecretAddress: SeedPlace] = [:]
        var secrets: [SeedSecret] = []
        for secret in documents.flatMap(\.secrets) {
            let address = SecretAddress.name(secret.name, secret.scope)
            if let other = places[address] {
                let line = other.line.map { ":\($0)" } ?? ""
                throw SeedError(
                    file: secret.place.file,
                    line: secret.place.line,
                    member: secret.place.member,
                    message: "the same secret is in \(other.file)\(line); remove one of them"
                )
            }
            places[address] = secret.place
            secrets.append(secret)
        }
        self.secrets = secrets
    }

    /// Makes what is missing and never touches what is there.
    ///
    /// - Parameters:
    ///   - vault: the vault, inside a job of its write lane.
    ///   - account: only the secrets of this account, when it is given.
    ///   - now: the time of creation.
    ///   - randomness: for the values that are generated.
    /// - Returns: how much there was to do.
    /// - Throws: what the vault throws; then nothing may be kept.
    func apply(
        to vault: any VaultWriting,
        account: String? = nil,
        at now: Timestamp,
        randomness: Randomness
    ) throws(APIError) -> SeedSummary {
        var summary = SeedSummary()
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
                owningService: seed.owningService,
                createdAt: now
            )
        )
        if !seed.tags.isEmpty { try vault.setTags(seed.tags, of: secret) }
        for (index, version) in seed.versions.enumerated() {
            let id = version.id ?? StableIdentifier.version(index, seed.name, seed.scope)
            let labels = version.stagingLabels
            try vault.addVersion(
                id,
                value: try value(of: version, randomness),
                stagingLabels: labels.isEmpty ? [StagingLabels.current] : labels,
                to: secret,
                at: now
            )
        }
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

/// What applying seeds did.
struct SeedSummary: Sendable, Equatable {
    var created = 0
    var existing = 0
}

/// Identifiers that follow from where a secret is, so that they never change between runs.
enum StableIdentifier {
    /// Six characters for the ARN.
    static func suffix(_ name: String, _ scope: Scope) -> String {
        var number = word(of: hash("suffix", name, scope))
        let alphabet = SecretARN.suffixAlphabet
        var suffix = ""
        for _ in 0..<6 {
            let (quotient, index) = number.quotientAndRemainder(
                dividingBy: UInt64(alphabet.count)
            )
            suffix.append(alphabet[Int(index)])
            number = quotient
        }
        return suffix
    }

    /// The id of the version at an index.
    static func version(_ index: Int, _ name: String, _ scope: Scope) -> String {
        let hash = hash("version \(index)", name, scope)
        // Version 8 is for UUIDs of one's own making.
        return UUIDText.make(from: (word(of: hash), word(of: hash.dropFirst(8))), version: 8)
    }

    private static func hash(_ purpose: String, _ name: String, _ scope: Scope) -> [UInt8] {
        // Names hold no colon, so no two secrets have the same text.
        SHA256.hash(Array("\(purpose):\(scope.account):\(scope.region):\(name)".utf8))
    }

    private static func word(of bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
