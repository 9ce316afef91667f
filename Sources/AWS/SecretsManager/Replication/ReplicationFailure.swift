internal import Notation

/// Why a replica is not what its primary is, as the status of the replica says it.
enum ReplicationFailure {
    /// Copies, or leaves the copy as it was when a value cannot be opened or sealed: that is no error
    /// of the call that changed the primary.
    static func whileCopying(
        in vault: any VaultWriting,
        _ copy: (any VaultWriting) throws(APIError) -> Void
    ) throws(APIError) -> Replica.State {
        do throws(APIError) {
            try vault.atomically(copy)
            return .inSync
        } catch {
            guard error.isAboutKey else { throw error }
            // [guess]
            return .failed("Replication failed: \(error.message ?? error.code.rawValue)")
        }
    }

    /// What KMS answered, in the frame of the call that Secrets Manager made to it.
    static func refused(_ refusal: KeyRefusal) -> String {
        "Replication failed: \(refusal.quote)"
    }

    // Where the sentence comes from is not verified.
    static func nameTaken(_ arn: SecretARN) -> String {
        "Replication failed: Secret name \(arn.name) already exists in region \(arn.scope.region)."
    }
}
