internal import AWS

/// Removes secrets whose recovery window has ended.
struct Purge: BackgroundWork {
    let vault: any Vault

    func nextTime() throws -> Timestamp? {
        try vault.read { vault in
            Result { () throws(APIError) in try vault.nextToPurge()?.purgeAt }
        }.get()
    }

    func runNext(at now: Timestamp) throws -> [FiredWork] {
        try vault.writeAndWait { vault throws(APIError) in
            // Looked up again, here in the lane: it may have been restored.
            guard let secret = try vault.nextToPurge(), let end = secret.purgeAt, end <= now else {
                return []
            }
            return try vault.purge(secret, at: now).map(FiredWork.init)
        }
    }
}
