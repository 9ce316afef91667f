internal import ArgumentParser
internal import JSON

/// Which version of a secret is meant; the current one when nothing is said.
struct VersionOptions: ParsableArguments {
    @Option(help: "The version of this id.") var versionID: String?
    @Option(help: "The version with this label. (default: AWSCURRENT)") var stage: String?
    @Flag(help: "The version before the current one.") var previous = false

    func validate() throws {
        let given = [versionID != nil, stage != nil, previous].filter { $0 }
        guard given.count <= 1 else {
            throw ValidationError("Give one of --version-id, --stage and --previous.")
        }
    }

    /// Members of GetSecretValue.
    var members: [(name: String, value: JSONValue)] {
        if let versionID { return [("VersionId", .string(versionID))] }
        if let stage { return [("VersionStage", .string(stage))] }
        return previous ? [("VersionStage", .string(StagingLabel.previous))] : []
    }
}

/// The labels that AWS itself moves.
enum StagingLabel {
    static let current = "AWSCURRENT"
    static let previous = "AWSPREVIOUS"
    static let pending = "AWSPENDING"
}
