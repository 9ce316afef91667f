internal import Notation

/// How a request names a task definition: `family`, `family:revision`, or the ARN with either.
struct TaskDefinitionReference: Sendable {
    /// Nil for what no name can be.
    private let parts: (family: String, revision: Int64?)?
    private let arn: ARN?

    init(_ sent: String) {
        let arn = ARN(sent)
        self.arn = arn
        var name = sent[...]
        if let arn {
            name = arn.resource.hasPrefix("task-definition/") ? arn.resource.dropFirst(16) : ""
        }
        let words = name.split(separator: ":", omittingEmptySubsequences: false)
        switch words.count {
        case 1: parts = (String(words[0]), nil)
        case 2: parts = Int64(words[1]).map { (String(words[0]), $0) }
        default: parts = nil
        }
    }

    var hasRevision: Bool { parts?.revision != nil }

    /// The revision that it names; the family alone means its newest that is ACTIVE.
    func find(
        in scope: Scope,
        _ vault: any VaultReading
    ) throws(APIError) -> ECSTaskDefinition? {
        guard let parts, arn?.isOwn(of: scope) ?? true else { return nil }
        guard let revision = parts.revision else {
            return try vault.ecsTaskDefinition(newestOf: parts.family, in: scope)
        }
        return try vault.ecsTaskDefinition(parts.family, revision, in: scope)
    }
}
