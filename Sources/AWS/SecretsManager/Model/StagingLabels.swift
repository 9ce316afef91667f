internal import JSON

/// Which version of a secret each staging label is attached to.
///
/// [Secret versions](https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version):
/// a label is on at most one version; AWSCURRENT, once attached, never vanishes; a version without
/// a label is deprecated.
package struct StagingLabels: Sendable {
    /// A label and the version that it is on.
    package struct Attachment: Sendable, Hashable {
        package let label: String
        package let versionID: String

        package init(label: String, versionID: String) {
            self.label = label
            self.versionID = versionID
        }
    }

    /// In the order in which the labels came to their versions.
    package private(set) var attachments: [Attachment]

    package init(_ attachments: [Attachment] = []) {
        self.attachments = attachments
    }

    package static let current = "AWSCURRENT"
    package static let previous = "AWSPREVIOUS"
    package static let pending = "AWSPENDING"

    /// The most labels that all versions of a secret may have together.
    static let maximumPerSecret = 20

    /// The version that `label` is attached to.
    package subscript(label: String) -> String? {
        attachments.first { $0.label == label }?.versionID
    }

    func checkCount() throws(APIError) {
        guard attachments.count <= StagingLabels.maximumPerSecret else {
            throw .tooManyStagingLabels
        }
    }

    /// The labels of one version, in AWS's order.
    package func labels(of versionID: String) -> [String] {
        let labels = attachments.filter { $0.versionID == versionID }.map(\.label)
        return StagingLabelOrder(count: labels.count).sorted(labels)
    }

    /// Labels by version, versions in alphabetical order: VersionIdsToStages.
    var byVersion: [(versionID: String, labels: [String])] {
        Set(attachments.map(\.versionID)).sorted()
            .map { (versionID: $0, labels: labels(of: $0)) }
    }

    /// Attaches the labels of a version that PutSecretValue or UpdateSecret made.
    ///
    /// When it becomes the current one, AWSPREVIOUS goes to the version it replaces, and AWSPENDING
    /// goes from whichever version holds it unless the call names AWSPENDING itself: a value put by
    /// hand abandons a rotation.
    package mutating func put(_ labels: some Sequence<String>, on versionID: String) {
        let former = self[Self.current]
        var namesPending = false
        for label in labels {
            attach(label, to: versionID)
            if label == Self.pending { namesPending = true }
        }
        guard let former, self[Self.current] != former else { return }
        attach(Self.previous, to: former)
        if !namesPending { remove(Self.pending) }
    }

    /// Moves one label, as UpdateSecretVersionStage does; AWSPENDING stays where it is.
    package mutating func move(_ label: String, to versionID: String) {
        let former = self[label]
        attach(label, to: versionID)
        if label == Self.current, let former, former != versionID {
            attach(Self.previous, to: former)
        }
    }

    /// Takes a label off, unless it is AWSCURRENT, which can only be moved.
    package mutating func detach(_ label: String) {
        if label != Self.current { remove(label) }
    }

    /// What is where it should be keeps its place among the others.
    private mutating func attach(_ label: String, to versionID: String) {
        guard self[label] != versionID else { return }
        remove(label)
        attachments.append(Attachment(label: label, versionID: versionID))
    }

    private mutating func remove(_ label: String) {
        attachments.removeAll { $0.label == label }
    }
}

extension StagingLabels: Equatable {
    /// Whether each label is on the same version; since when does not matter.
    package static func == (left: StagingLabels, right: StagingLabels) -> Bool {
        Set(left.attachments) == Set(right.attachments)
    }
}

extension JSONWriter {
    /// Staging labels by version, left out when no version has a label.
    mutating func member(_ name: String, _ labels: StagingLabels) {
        let versions = labels.byVersion
        guard !versions.isEmpty else { return }
        self.name(name)
        beginObject()
        for version in versions { member(version.versionID, version.labels) }
        endObject()
    }
}
