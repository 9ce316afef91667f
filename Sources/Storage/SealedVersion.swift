internal import AWS

/// A version as it is stored: its value is still encrypted.
struct SealedVersion {
    let version: SecretVersion
    /// Nil for the placeholder of a rotation.
    let envelope: Envelope?
    /// The state of the KMS key that it is under; nil when that is none that CreateKey made.
    let keyState: KeyState?
}
