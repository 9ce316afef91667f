internal import AWS
internal import Notation

/// Reading the trail: what this transaction appended, then blocks, then the rows of former versions.
extension SQLiteTransaction {
    func auditEntries(before sequence: Int64?, limit: Int) throws(APIError) -> [AuditEntry] {
        let piece = try auditEntries(before: sequence, for: TrailFilter(), limit: limit)
        return Array(piece.entries.prefix(max(0, limit)))
    }

    func auditEntries(
        before sequence: Int64?,
        for filter: TrailFilter,
        limit: Int
    ) throws(APIError) -> TrailPiece {
        try translatingErrors {
            let start = sequence ?? .max
            var entries = Array(try newEntries().filter { $0.sequence < start }.reversed())
            if let next = try addBlocks(before: start, filter, limit, to: &entries) {
                return TrailPiece(entries: entries, next: next)
            }
            let rows = try statement(AuditTable.before)
            try rows.bind(1, start)
            let wanted = limit - entries.count
            try rows.bind(2, Int64(wanted))
            var found: [AuditEntry] = []
            while try rows.step() { found.append(rows.entry) }
            entries += found
            return TrailPiece(
                entries: entries,
                next: found.count == wanted ? found.last?.sequence : nil
            )
        }
    }

    /// Where to go on if there are as many as were wanted; nil when no block is left.
    private func addBlocks(
        before start: Int64,
        _ filter: TrailFilter,
        _ limit: Int,
        to entries: inout [AuditEntry]
    ) throws(SQLiteError) -> Int64? {
        guard entries.count < limit else { return entries.last?.sequence ?? start }
        let blocks = try statement(AuditBlockTable.search)
        try blocks.bind(1, start)
        try blocks.bind(2, filter.kinds.rawValue)
        try blocks.bind(3, filter.since?.milliseconds ?? .min)
        try blocks.bind(4, filter.until?.milliseconds ?? .max)
        try blocks.bind(5, blob: filter.text.map { Array($0.utf8) })
        while try blocks.step() {
            entries += blocks.entries.reversed().drop { $0.sequence >= start }
            if entries.count >= limit { return blocks.integer(.firstSequence) }
        }
        return nil
    }

    func auditEntries(after sequence: Int64, limit: Int) throws(APIError) -> [AuditEntry] {
        try translatingErrors {
            let limit = max(0, limit)
            var entries: [AuditEntry] = []
            do {
                let rows = try statement(AuditTable.after)
                try rows.bind(1, sequence)
                try rows.bind(2, Int64(limit))
                while try rows.step() { entries.append(rows.entry) }
            }
            let blocks = try statement(AuditBlockTable.after)
            try blocks.bind(1, sequence)
            while entries.count < limit, try blocks.step() {
                entries += blocks.entries.drop { $0.sequence <= sequence }
            }
            if entries.count < limit {
                entries += try newEntries().drop { $0.sequence <= sequence }
            }
            return Array(entries.prefix(limit))
        }
    }

    /// The records that this transaction appended, in the places that they will have.
    private func newEntries() throws -> [AuditEntry] {
        guard !newRecords.isEmpty else { return [] }
        let next = try openProgress().next
        return newRecords.enumerated().map { index, record in
            AuditEntry(sequence: next &+ Int64(index), record: record)
        }
    }

    func oldestAuditTime() throws(APIError) -> Timestamp? {
        try translatingErrors {
            var oldest: [Timestamp] = []
            do {
                let rows = try statement(AuditTable.oldest)
                while try rows.step() { oldest.append(rows.timestamp(.time)) }
            }
            let blocks = try statement(AuditBlockTable.oldest)
            while try blocks.step() { oldest.append(blocks.timestamp(.earliestTime)) }
            return oldest.count > 1 ? oldest.first : nil
        }
    }
}
