internal import ArgumentParser

/// What an import does with a secret that is there already.
enum ConflictRule: String, CaseIterable, ExpressibleByArgument {
    /// Nothing is written at all.
    case fail
    /// The secret stays as it is.
    case skip
    /// The secret gets a new version, unless its value is the same.
    case update
}
