internal import AWS
internal import Notation

/// Appending to the trail, and forgetting what is at its beginning.
extension SQLiteTransaction {
    // MARK: In the transaction

    /// Appends a record; it is stored with the others of the transaction, when that ends.
    func append(_ record: AuditRecord) throws(APIError) {
        try translatingErrors {
            guard connection.isInTransaction else { throw SQLiteError.transactionIsLost }
            newRecords.append(record)
        }
    }

    /// Appends the records of reads.
    func append(_ records: [AuditRecord]) {
        if newRecords.isEmpty { newRecords = records } else { newRecords += records }
    }

    func openProgress() throws -> AuditProgress {
        if let auditProgress { return auditProgress }
        let key = try keyring.key(named: AuditChain.keyName, connection)
        let chain = AuditChain(key: key.material)
        let last = try lastAuditSequence()
        let stored = try text(.auditAnchor).flatMap { AuditAnchor($0, chain) }
        // A forged anchor is not made good by what is appended: its records begin a chain of their
        // own, and `verifyAudit` misses those before.
        var anchor = stored ?? AuditAnchor(after: last)
        anchor.rows = rows?.mark
        let progress = AuditProgress(
            chain: chain,
            anchor: anchor,
            block: try openBlock(endingAt: anchor.head),
            next: try AuditProgress.following(max(anchor.head.sequence, last)),
            isStored: stored != nil
        )
        auditProgress = progress
        return progress
    }

    private func openBlock(endingAt head: AuditChain.Link) throws(SQLiteError) -> AuditBlock? {
        let row = try statement(AuditBlockTable.newest)
        guard try row.step(), row.link == head,
            let block = AuditBlock(first: row.integer(.firstSequence), bytes: row.blob(.records)),
            block.summary == row.summary
        else { return nil }
        return block
    }

    /// The highest number that stands in the trail, whoever wrote it.
    func lastAuditSequence() throws(SQLiteError) -> Int64 {
        var last: Int64 = 0
        do {
            let row = try statement(AuditTable.newest)
            if try row.step() { last = row.integer(.sequence) }
        }
        let row = try statement(AuditBlockTable.newest)
        guard try row.step() else { return last }
        return max(last, row.integer(.firstSequence), row.integer(.lastSequence))
    }

    // MARK: The end of a transaction

    /// Stores the records that were appended, removes the oldest beyond the newest `limit`, seals the
    /// rows, and stores where the chain ends.
    ///
    /// Beyond as many as were `added` only so much is removed at a time: after the limit was lowered
    /// nobody waits for a million rows.
    func endAudit(keeping limit: Int, added: Int) throws {
        try storeNewRecords(keeping: limit)
        if let anchor = auditProgress?.anchor {
            let step = Int64(added) * 2 + AuditChain.pieceLength
            let end = anchor.base.sequence + step
            try removeAudit(upTo: min(anchor.head.sequence - Int64(limit), end))
        }
        try sealRows()
        guard let progress = auditProgress, !progress.isStored else { return }
        try setText(progress.anchor.text(progress.chain), .auditAnchor)
        auditProgress?.isStored = true
    }

    private func storeNewRecords(keeping limit: Int) throws {
        guard !newRecords.isEmpty else { return }
        var progress = try openProgress()
        // It is held once, so that what is added to its block copies nothing.
        auditProgress = nil
        let records = newRecords
        newRecords = []
        var position = 0
        while position < records.count {
            var block = progress.block.take() ?? AuditBlock(first: progress.next)
            if !block.takes(records.count - position) { block = AuditBlock(first: progress.next) }
            let seal = try block.take(
                records,
                from: &position,
                capacity: AuditBlock.capacity(keeping: limit),
                progress.chain,
                after: progress.anchor.head.hash
            )
            guard let seal else { continue }
            try store(block)
            let last = block.summary.last
            progress.anchor.head = AuditChain.Link(sequence: last, hash: seal)
            progress.next = try AuditProgress.following(last)
            progress.isStored = false
            progress.block = block
        }
        auditProgress = progress
    }

    // MARK: Forgetting

    func trimAudit(before time: Timestamp) throws(APIError) {
        try translatingErrors {
            // The newest block stays.
            var last = try openProgress().anchor.head.sequence - 1
            do {
                let row = try statement(AuditTable.firstSince)
                try row.bind(1, time.milliseconds)
                if try row.step() { last = min(last, row.integer(.sequence) - 1) }
            }
            do {
                let row = try statement(AuditBlockTable.firstSince)
                try row.bind(1, time.milliseconds)
                if try row.step() { last = min(last, row.integer(.firstSequence) - 1) }
            }
            try removeAudit(upTo: last)
        }
    }

    /// Removes what ends at a record or before it: the chain begins with what is left.
    private func removeAudit(upTo sequence: Int64) throws {
        guard sequence > 0, let end = try lastLink(upTo: sequence) else { return }
        if let base = auditProgress?.anchor.base, end.sequence > base.sequence {
            auditProgress?.anchor.base = end
            auditProgress?.isStored = false
        }
        let rows = try statement(AuditTable.trim)
        try rows.bind(1, end.sequence)
        try rows.run()
        let blocks = try statement(AuditBlockTable.trim)
        try blocks.bind(1, end.sequence)
        try blocks.run()
    }

    /// The last record up to one that ends a block or is a row of a former version; nil for none, and
    /// for one whose hash was taken off.
    private func lastLink(upTo sequence: Int64) throws(SQLiteError) -> AuditChain.Link? {
        do {
            let block = try statement(AuditBlockTable.lastUpTo)
            try block.bind(1, sequence)
            if try block.step() { return block.link }
        }
        let row = try statement(AuditTable.lastUpTo)
        try row.bind(1, sequence)
        guard try row.step(), !row.isNull(.chainHash) else { return nil }
        return row.link
    }
}
