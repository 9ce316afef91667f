internal import AWS
internal import JSON
internal import Notation

/// A secret as a seed document describes it; what is nil the document does not name.
struct SeedSecret: Sendable {
    let name: String
    let scope: Scope
    let description: String?
    let kmsKeyID: String?
    let type: String?
    let owningService: String?
    /// How it is rotated.
    let rotation: SeedRotation?
    /// The resource policy as it is kept.
    let policy: String?
    let tags: [Tag]?
    /// Oldest first.
    var versions: [SeedVersion]
    /// The regions that have a copy of it, each with the KmsKeyId there.
    let replicas: [SeedReplica]?
    /// Nil when it follows from account, region and name.
    let arnSuffix: String?
    /// When it is deleted for good; nil for one that is not scheduled for deletion.
    let deletionDate: Timestamp?
    /// Where it stands, for the error when another document has it too.
    let place: SeedPlace

    /// With a random value for each version that has none, and for a secret without versions.
    func synthesized() -> SeedSecret {
        let password = SeedValue.generated(RandomPassword(excludedClasses: [.punctuation]))
        var secret = self
        secret.versions = versions.map { version in
            var version = version
            version.value = version.value ?? password
            return version
        }
        if versions.isEmpty {
            let version = SeedVersion(id: nil, value: password, stagingLabels: [], place: place)
            secret.versions = [version]
        }
        return secret
    }
}

/// Where something of a seed document stands.
///
/// Its line is looked for when it is asked for: that reads the document from its beginning.
struct SeedPlace: Sendable {
    let source: SeedSource
    let path: [JSONPathStep]

    func error(_ message: String) -> SeedError {
        source.error(at: path, message)
    }
}

/// A copy of a secret in another region.
struct SeedReplica: Sendable {
    let region: String
    /// Empty for that region's default key.
    let kmsKeyID: String
    let place: SeedPlace
}

/// A version of a secret as a seed document describes it.
struct SeedVersion: Sendable {
    /// Nil when it follows from the secret and the version's place in the document.
    let id: String?
    /// Nil for one whose value comes later.
    var value: SeedValue?
    /// Empty when the document names none: then the version is the current one.
    let stagingLabels: [String]
    /// Where it stands, for errors.
    let place: SeedPlace
}

/// Where the value of a version comes from.
enum SeedValue: Sendable {
    case fixed(SecretValue)
    /// The same, for as long as the secret has none.
    case initial(SecretValue)
    case generated(RandomPassword)

    /// Whether a value is what the document asks for: one that is made once may be any.
    func isMet(by value: SecretValue?) -> Bool {
        guard let value else { return false }
        guard case .fixed(let wanted) = self else { return true }
        return wanted.isSame(as: value)
    }

    func made(_ randomness: Randomness) throws(APIError) -> SecretValue {
        switch self {
        case .fixed(let value), .initial(let value): return value
        case .generated(let password):
            var generator = randomness
            let text = try password.generate(using: &generator)
            return SecretValue(kind: .string, bytes: Array(text.utf8))
        }
    }
}
