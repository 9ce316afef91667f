internal import AWS
internal import Notation
internal import Storage

/// Removes secrets whose recovery window has ended.
struct PurgeWork: BackgroundWork {
    let road: Road

    func nextTime() throws -> Timestamp? {
        try road.vault.reading { vault throws(APIError) in
            try vault.nextToPurge()?.purgeAt
        }
    }

    func runNext(at now: Timestamp) throws -> [FiredWork] {
        try road.workAndWait { vault, now throws(APIError) in
            // Looked up again, here in the lane: it may have been restored.
            guard let secret = try vault.nextToPurge(), let end = secret.purgeAt, end <= now else {
                return nil
            }
            return secret
        } change: { (secret: Secret, vault, now) throws(APIError) in
            try Purge(of: secret).run(at: now, in: vault).map(FiredWork.init)
        } ?? []
    }
}
