internal import AWS
internal import JSON
internal import Notation

/// A secret as a seed document describes it.
struct SeedSecret: Sendable {
    let name: String
    let scope: Scope
    let description: String
    let kmsKeyID: String
    let type: String?
    let owningService: String?
    /// Nil when it was never rotated.
    let rotation: SeedRotation?
    /// The resource policy as it is kept; nil when there is none.
    let policy: String?
    let tags: [Tag]
    /// Oldest first.
    let versions: [SeedVersion]
    /// The regions that have a copy of it, each with the KmsKeyId there.
    let replicas: [SeedReplica]
    /// Nil when it follows from account, region and name.
    let arnSuffix: String?
    /// Where it stands, for the error when another document has it too.
    let place: SeedPlace
}

/// Where a seed secret stands.
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
    let value: SeedValue
    /// Empty when the document names none: then the version is the current one.
    let stagingLabels: [String]
}

/// Where the value of a version comes from.
enum SeedValue: Sendable {
    case fixed(SecretValue)
    case generated(RandomPassword)
}
