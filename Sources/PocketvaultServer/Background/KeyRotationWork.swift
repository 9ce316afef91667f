internal import AWS
internal import Notation
internal import Storage

/// Gives KMS keys another material when their rotation falls due.
struct KeyRotationWork: BackgroundWork {
    let road: Road

    func nextTime() throws -> Timestamp? {
        try road.vault.reading { vault throws(APIError) in
            try vault.nextKeyToRotate()?.rotation?.dueAt
        }
    }

    func runNext(at now: Timestamp) throws -> [FiredWork] {
        try road.workAndWait { vault, now throws(APIError) in
            // Looked up again, here in the lane: the rotation may have been turned off.
            guard let key = try vault.nextKeyToRotate(), let date = key.rotation?.dueAt, date <= now
            else { return nil }
            return key
        } change: { (key: KMSKey, vault, now) throws(APIError) in
            guard let record = try AutomaticRotation(of: key).run(at: now, in: vault) else {
                return []
            }
            return [FiredWork(record, of: key.arn)]
        } ?? []
    }
}
