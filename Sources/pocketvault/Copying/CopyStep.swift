internal import JSON

/// One change that a copy makes at its target.
enum CopyStep {
    /// A new secret, with its first version.
    case create(version: String?)
    /// A version, which gets labels of its own.
    case put(version: String, labels: [String])
    case move(label: String, to: String, from: String?)
    case describe(String)
    case tag([(key: String, value: String)])
    case policy(String)
    case rotation(CopiedSecret.Rotation)

    /// What is changed, for people.
    var text: String {
        switch self {
        case .create(let version): version.map { "version \($0)" } ?? "no version"
        case .put(let version, _): "version \(version)"
        case .move(let label, let version, _): "\(label) on \(version)"
        case .describe: "description"
        case .tag(let tags): "tags \(tags.map(\.key).joined(separator: ", "))"
        case .policy: "policy"
        case .rotation: "rotation"
        }
    }

    /// The steps from a target, or none, to what the source has.
    ///
    /// What the target has besides stays: versions, labels, tags.
    static func steps(from source: CopiedSecret, to target: CopiedSecret?) -> [CopyStep] {
        var steps: [CopyStep] = []
        var labels = target?.labels ?? [:]
        var known = target?.versionIDs ?? []
        for version in source.versionsInOrder where !known.contains(version) {
            let own = source.labels.filter { $0.value == version }.map(\.key).sorted()
            if known.isEmpty && target == nil {
                steps.append(.create(version: version))
                labels[StagingLabel.current] = version
            } else {
                // Whoever becomes current makes the one before it the previous one.
                let isFollowed = !known.contains(source.labels[StagingLabel.current] ?? "")
                let given = own.map { label in
                    label == StagingLabel.previous && isFollowed ? StagingLabel.current : label
                }
                steps.append(.put(version: version, labels: given))
                if given.contains(StagingLabel.current) {
                    labels[StagingLabel.previous] = labels[StagingLabel.current]
                }
                for label in given { labels[label] = version }
            }
            known.insert(version)
        }
        if known.isEmpty, target == nil { steps.append(.create(version: nil)) }
        // AWSCURRENT first: AWSPREVIOUS follows it.
        let order = source.labels.sorted { left, right in
            let leftFirst = left.key == StagingLabel.current
            let rightFirst = right.key == StagingLabel.current
            return leftFirst == rightFirst ? left.key < right.key : leftFirst
        }
        for (label, version) in order where labels[label] != version {
            steps.append(.move(label: label, to: version, from: labels[label]))
            if label == StagingLabel.current {
                labels[StagingLabel.previous] = labels[StagingLabel.current]
            }
            labels[label] = version
        }
        return steps + settings(from: source, to: target)
    }

    private static func settings(
        from source: CopiedSecret,
        to target: CopiedSecret?
    ) -> [CopyStep] {
        var steps: [CopyStep] = []
        if let target {
            if source.description != target.description {
                steps.append(.describe(source.description))
            }
            let tags = source.tags.filter { tag in !target.tags.contains { $0 == tag } }
            if !tags.isEmpty { steps.append(.tag(tags)) }
        }
        if let policy = source.policy, !isSame(policy, target?.policy) {
            steps.append(.policy(policy))
        }
        if let rotation = source.rotation, rotation != target?.rotation {
            steps.append(.rotation(rotation))
        }
        return steps
    }

    /// Whether two policies say the same; AWS writes them in its own way.
    private static func isSame(_ policy: String, _ other: String?) -> Bool {
        guard let other, let left = try? JSONParser.parse(policy),
            let right = try? JSONParser.parse(other)
        else { return false }
        return left == right
    }
}

extension CopiedSecret {
    /// The versions with labels in the order in which they have to be made: the previous one before
    /// the current one, the others after them.
    var versionsInOrder: [String] {
        var versions: [String] = []
        let first = [StagingLabel.previous, StagingLabel.current]
        for label in first + labels.keys.sorted() {
            if let version = labels[label], !versions.contains(version) { versions.append(version) }
        }
        return versions
    }
}
