internal import AWS

/// Deletes KMS keys whose waiting period has ended.
struct KeyDeletion: BackgroundWork {
    let vault: any Vault

    func nextTime() throws -> Timestamp? {
        try vault.read { vault in
            Result { () throws(APIError) in try vault.nextKeyToDelete()?.deletionDate }
        }.get()
    }

    func runNext(at now: Timestamp) throws -> [FiredWork] {
        try vault.writeAndWait { vault throws(APIError) in
            // Looked up again, here in the lane: the deletion may have been cancelled.
            guard let key = try vault.nextKeyToDelete(), let date = key.deletionDate, date <= now
            else { return [] }
            let record = try vault.deleteForGood(key, at: now)
            return [FiredWork(record, of: key.arn)]
        }
    }
}
