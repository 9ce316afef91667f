/// What ListSecrets can sort by.
package enum SecretSortKey: String, Sendable, CaseIterable {
    case createdDate = "created-date"
    case lastAccessedDate = "last-accessed-date"
    case lastChangedDate = "last-changed-date"
    case name
}

/// A sort key and a direction.
package struct SecretOrder: Sendable, Hashable {
    package let key: SecretSortKey
    package let ascending: Bool

    package init(key: SecretSortKey, ascending: Bool) {
        self.key = key
        self.ascending = ascending
    }
}

/// The place of a secret in an order: its key, and its id where keys are equal.
package struct SecretPosition: Sendable, Hashable {
    package enum Key: Sendable, Hashable {
        /// Milliseconds since the epoch; 0 for a date that is not set.
        case date(Int64)
        case name(String)
    }

    package let key: Key
    package let id: Int64

    package init(key: Key, id: Int64) {
        self.key = key
        self.id = id
    }
}
