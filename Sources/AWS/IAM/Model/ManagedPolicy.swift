package import Notation

/// A policy that stands by itself and can be attached to many.
///
/// [Policy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html)
package struct ManagedPolicy: Sendable, Identifiable, Equatable {
    /// The vault's own number for it; never on the wire.
    package let id: Int64
    /// The partition of the region that it was made at.
    package let partition: String
    package let account: String
    package let name: String
    /// Begins and ends with a slash.
    package let path: String
    /// As in `ANPA…`.
    package let uniqueID: String
    package let description: String?
    package let createdAt: Timestamp
    package var updatedAt: Timestamp
    /// The number of the version that counts.
    package var defaultVersion: Int64
    /// The number of the newest version that there ever was: numbers are not given twice.
    package var lastVersion: Int64

    package init(
        id: Int64 = 0,
        partition: String = Partition.standard,
        account: String,
        name: String,
        path: String = "/",
        uniqueID: String,
        description: String? = nil,
        createdAt: Timestamp,
        updatedAt: Timestamp,
        defaultVersion: Int64 = 1,
        lastVersion: Int64 = 1
    ) {
        self.id = id
        self.partition = partition
        self.account = account
        self.name = name
        self.path = path
        self.uniqueID = uniqueID
        self.description = description
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.defaultVersion = defaultVersion
        self.lastVersion = lastVersion
    }

    /// As in `arn:aws:iam::000000000000:policy/path/name`.
    package var arn: String {
        ARN(global: IAM.signingName, partition: partition, account: account, "policy\(path)\(name)")
            .text
    }
}

/// One version of a managed policy, which never changes.
package struct ManagedPolicyVersion: Sendable, Equatable {
    /// 3 for `v3`.
    package let number: Int64
    package let document: String
    package let createdAt: Timestamp

    package init(number: Int64, document: String, createdAt: Timestamp) {
        self.number = number
        self.document = document
        self.createdAt = createdAt
    }
}
