package import Notation

/// What is kept of an account, or of all, under a name.
package struct Snapshot: Sendable, Equatable {
    package let id: Int64
    package let name: String
    /// Nil for all.
    package let account: String?
    package let takenAt: Timestamp
    /// How many secrets are in it.
    package let secrets: Int64

    package init(id: Int64, name: String, account: String?, takenAt: Timestamp, secrets: Int64) {
        self.id = id
        self.name = name
        self.account = account
        self.takenAt = takenAt
        self.secrets = secrets
    }

    /// Whether a text can be a name: letters, digits, dots, underscores and hyphens, up to 64.
    package static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                ASCII.isAlphanumeric(byte) || "._-".utf8.contains(byte)
            }
    }
}

/// A snapshot that is to be taken.
package struct NewSnapshot: Sendable {
    package let name: String
    /// Nil for all.
    package let account: String?
    package let takenAt: Timestamp

    package init(name: String, account: String?, takenAt: Timestamp) {
        self.name = name
        self.account = account
        self.takenAt = takenAt
    }
}
