package import Notation

/// A value of a version that was given out, which LastAccessedDate tells to the day.
package struct LastAccess: Sendable, Hashable {
    package let secretID: Int64
    package let versionID: String
    /// The day that was stored before; nil when it was never read.
    package let lastAccessedAt: Timestamp?

    package init(secretID: Int64, versionID: String, lastAccessedAt: Timestamp?) {
        self.secretID = secretID
        self.versionID = versionID
        self.lastAccessedAt = lastAccessedAt
    }
}

extension LastAccess {
    /// The note that the value was given out; nil when it was before on this day.
    package func note(at time: Timestamp) -> ReadNote? {
        let day = time.startOfDay
        guard lastAccessedAt != day else { return nil }
        let key = "\(secretID) \(versionID)"
        return ReadNote(key: key) { vault throws(APIError) in
            try vault.recordAccess(self, on: day)
        }
    }
}
