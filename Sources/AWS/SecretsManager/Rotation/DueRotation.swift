package import Notation

/// The rotation that falls due next, of all secrets that are not scheduled for deletion.
package struct DueRotation: Sendable, Equatable {
    package let secret: Secret
    package let time: Timestamp
    /// Nil when a rotation window opens, and the rotation is yet to begin.
    package let rotation: Rotation?

    package init(secret: Secret, time: Timestamp, rotation: Rotation?) {
        self.secret = secret
        self.time = time
        self.rotation = rotation
    }
}
