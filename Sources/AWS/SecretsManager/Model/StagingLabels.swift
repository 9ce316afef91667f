/// Which version of a secret each staging label is attached to.
///
/// [Secret versions](https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version):
/// a label is on at most one version; AWSCURRENT, once attached, never vanishes; a version without
/// a label is deprecated.
package struct StagingLabels: Sendable, Equatable {
    /// From label to version id.
    package private(set) var versionIDs: [String: String]

    package init(_ versionIDs: [String: String] = [:]) {
        self.versionIDs = versionIDs
    }

    package static let current = "AWSCURRENT"
    package static let previous = "AWSPREVIOUS"
    package static let pending = "AWSPENDING"

    /// The most labels that all versions of a secret may have together.
    static let maximumPerSecret = 20

    /// The version that `label` is attached to.
    package subscript(label: String) -> String? { versionIDs[label] }

    func checkCount() throws(APIError) {
        guard versionIDs.count <= StagingLabels.maximumPerSecret else {
            throw .tooManyStagingLabels
        }
    }

    /// The labels of one version, in alphabetical order.
    package func labels(of versionID: String) -> [String] {
        versionIDs.filter { $0.value == versionID }.map(\.key).sorted()
    }

    /// Labels by version, versions in alphabetical order: VersionIdsToStages.
    var byVersion: [(versionID: String, labels: [String])] {
        Dictionary(grouping: versionIDs, by: \.value)
            .map { (versionID: $0.key, labels: $0.value.map(\.key).sorted()) }
            .sorted { $0.versionID < $1.versionID }
    }

    /// Attaches the labels of a version that PutSecretValue or UpdateSecret made.
    ///
    /// When it becomes the current one, AWSPREVIOUS goes to the version it replaces, and AWSPENDING
    /// goes from whichever version holds it unless the call names AWSPENDING itself: a value put by
    /// hand abandons a rotation.
    package mutating func put(_ labels: some Sequence<String>, on versionID: String) {
        let former = versionIDs[Self.current]
        var namesPending = false
        for label in labels {
            versionIDs[label] = versionID
            if label == Self.pending { namesPending = true }
        }
        guard let former, versionIDs[Self.current] != former else { return }
        versionIDs[Self.previous] = former
        if !namesPending { versionIDs[Self.pending] = nil }
    }

    /// Moves one label, as UpdateSecretVersionStage does; AWSPENDING stays where it is.
    package mutating func move(_ label: String, to versionID: String) {
        let former = versionIDs[label]
        versionIDs[label] = versionID
        if label == Self.current, let former, former != versionID {
            versionIDs[Self.previous] = former
        }
    }

    /// Takes a label off, unless it is AWSCURRENT, which can only be moved.
    package mutating func detach(_ label: String) {
        if label != Self.current { versionIDs[label] = nil }
    }
}
