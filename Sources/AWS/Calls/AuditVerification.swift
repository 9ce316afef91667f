/// What came of following the hash chain over the audit trail.
package struct AuditVerification: Sendable, Equatable {
    /// How many records fit the chain.
    package var chained: Int64 = 0
    /// The newest record that fits.
    package var lastSequence: Int64 = 0
    /// Its hash, in hexadecimal: who writes it down can tell later that the trail still goes through
    /// this place.
    package var lastHash = ""
    /// The first thing that is wrong; nil when nothing is.
    package var fault: Fault?
    /// What came of holding the rows against their seal.
    package var rows = RowVerification()
    /// Whether the whole trail was followed, or as far as the fault.
    package var isComplete = false

    package init() {}

    /// What is wrong, for people; nil when nothing is.
    package var sentence: String? {
        let found = [fault?.sentence, rows.sentence].compactMap(\.self)
        return found.isEmpty ? nil : found.joined(separator: "; ")
    }

    /// What is wrong, and where: sequence numbers.
    package enum Fault: Sendable, Equatable {
        /// A record of these, which one commit brought, is not what it was when it was written, or the
        /// one before them is not.
        case changed(ClosedRange<Int64>)
        /// Records are gone from here on.
        case missing(Int64)
        /// There are records that were never written.
        case unexpected(Int64)
        /// There are records from before the chain's beginning: they were removed because the trail
        /// was full, or their hashes were taken off.
        case unchained(Int64)
        /// Nothing says where the chain begins and ends, or what does is forged.
        case unanchored

        /// For people.
        package var sentence: String {
            switch self {
            case .changed(let records):
                records.lowerBound == records.upperBound
                    ? "record \(records.lowerBound) was changed"
                    : "one of the records \(records.lowerBound) to \(records.upperBound) was changed"
            case .missing(let sequence): "record \(sequence) is missing"
            case .unexpected(let sequence): "records up to \(sequence) do not belong there"
            case .unchained(let sequence): "records up to \(sequence) are in no chain"
            case .unanchored: "the place where the chain begins and ends was changed"
            }
        }
    }
}

/// What came of holding the rows that say who may what against their seal.
package struct RowVerification: Sendable, Equatable {
    /// The tables whose rows are not those that the vault has sealed.
    package var changedTables: [String] = []
    /// What does not fit in the database itself, as an index that leads to another row, in the words
    /// of SQLite; nil when everything does.
    package var damage: String?

    package init() {}

    /// For people; nil when nothing is wrong.
    package var sentence: String? {
        let tables = changedTables.joined(separator: ", ")
        let found = [
            tables.isEmpty ? nil : "rows were changed in: \(tables)",
            damage.map { "the database is damaged: \($0)" },
        ].compactMap(\.self)
        return found.isEmpty ? nil : found.joined(separator: "; ")
    }
}

extension Vault {
    /// Follows the hash chain over the whole audit trail, piece by piece, and holds all rows against
    /// their seal, in one read.
    ///
    /// - Returns: what came of it; records that were made meanwhile are followed too.
    /// - Throws: InternalServiceError when the vault cannot be read.
    package func verifyAudit() throws(APIError) -> AuditVerification {
        var verification = AuditVerification()
        while !verification.isComplete {
            verification = try reading { [verification] vault throws(APIError) in
                try vault.verifyAudit(after: verification)
            }
        }
        verification.rows = try reading { vault throws(APIError) in try vault.verifyRows() }
        return verification
    }
}
