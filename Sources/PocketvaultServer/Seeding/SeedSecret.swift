internal import AWS
internal import JSON

/// A secret as a seed document describes it.
struct SeedSecret: Sendable {
    let name: String
    let scope: Scope
    let description: String
    let kmsKeyID: String
    let owningService: String?
    let tags: [Tag]
    /// Oldest first.
    let versions: [SeedVersion]
    /// Nil when it follows from account, region and name.
    let arnSuffix: String?
    /// Where it stands, for the error when another document has it too.
    let place: SeedPlace
}

/// Where a seed secret stands.
///
/// The line is looked up when somebody asks: that reads the document from its beginning.
struct SeedPlace: Sendable {
    let source: SeedSource
    let path: [JSONPathStep]

    var file: String { source.file }
    var line: Int? { error("").line }

    /// An error at this place.
    func error(_ message: String) -> SeedError { source.error(at: path, message) }
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
