/// What can be done with a key.
///
/// [Key states](https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html)
package enum KeyState: String, Sendable, CaseIterable {
    case enabled = "Enabled"
    case disabled = "Disabled"
    case pendingDeletion = "PendingDeletion"
    /// Gone for good; its id stays known, so that what it sealed is known to be lost.
    case deleted = "Deleted"
}
