internal import AWS
internal import Notation
internal import Storage

/// Deletes KMS keys whose waiting period has ended.
struct KeyDeletionWork: BackgroundWork {
    let road: Road

    func nextTime() throws -> Timestamp? {
        try road.vault.reading { vault throws(APIError) in
            try vault.nextKeyToDelete()?.deletionDate
        }
    }

    func runNext(at now: Timestamp) throws -> [FiredWork] {
        try road.workAndWait { vault, now throws(APIError) in
            // Looked up again, here in the lane: the deletion may have been cancelled.
            guard let key = try vault.nextKeyToDelete(), let date = key.deletionDate, date <= now
            else { return nil }
            return key
        } change: { (key: KMSKey, vault, now) throws(APIError) in
            [FiredWork(try KeyDeletion(of: key).run(at: now, in: vault), of: key.arn)]
        } ?? []
    }
}
