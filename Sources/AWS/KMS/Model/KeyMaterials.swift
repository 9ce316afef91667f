package import Notation

/// What a KMS key seals with: a key-encryption key of the vault, and one more for each rotation.
///
/// [Key material](https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html)
package struct KMSKeyMaterial: Sendable, Equatable {
    /// 64 hexadecimal digits.
    package let id: String
    /// Nil for the material that the key was made with.
    package let rotation: MaterialRotation?

    package init(id: String, rotation: MaterialRotation?) {
        self.id = id
        self.rotation = rotation
    }

    func isInUse(at now: Timestamp) -> Bool { rotation.map { $0.endsAt <= now } ?? true }
}

/// How a key came to another material.
package struct MaterialRotation: Sendable, Equatable {
    package let kind: Kind
    package let startedAt: Timestamp
    /// From then on the key seals with it.
    package let endsAt: Timestamp

    package enum Kind: String, Sendable {
        case automatic = "AUTOMATIC"
        case onDemand = "ON_DEMAND"
    }

    package init(_ kind: Kind, startedAt: Timestamp, endsAt: Timestamp) {
        self.kind = kind
        self.startedAt = startedAt
        self.endsAt = endsAt
    }
}

/// All materials that a key ever had: the newest seals, and each opens what it sealed.
package struct KeyMaterials: Sendable {
    /// In the order in which they were made.
    package let all: [KMSKeyMaterial]

    package init(_ all: [KMSKeyMaterial]) {
        self.all = all
    }

    /// The one that seals; nil when the key has none any more.
    func current(at now: Timestamp) -> KMSKeyMaterial? { all.last { $0.isInUse(at: now) } }

    /// When the rotation on demand began that is under way.
    func rotationUnderWay(at now: Timestamp) -> Timestamp? {
        all.last { !$0.isInUse(at: now) }?.rotation?.startedAt
    }

    func material(_ id: String) -> KMSKeyMaterial? { all.first { $0.id == id } }

    var onDemandCount: Int { all.count { $0.rotation?.kind == .onDemand } }
}

extension KMSKeyMaterial {
    /// The most rotations on demand that a key can have.
    ///
    /// [On-demand rotation](https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-on-demand.html)
    static let maximumOnDemandRotations = 25

    /// About as long as AWS takes.
    static let onDemandRotationMilliseconds: Int64 = 100_000
}
