internal import AWS
internal import Cryptography
internal import Notation

/// How far the audit trail is chained, in a transaction that may yet be rolled back.
struct AuditProgress {
    let chain: AuditChain
    var anchor: AuditAnchor
    /// Whether `anchor` is what is stored.
    var isStored: Bool
}

extension SQLiteTransaction {
    // MARK: Appending

    /// The hash of the record that is appended next.
    func chainHash(of record: AuditRecord) throws -> [UInt8] {
        let progress = try openProgress()
        return try progress.chain.hash(record, after: progress.anchor.head.hash)
    }

    /// The record with this hash was inserted just now.
    func noteChained(_ hash: [UInt8]) {
        auditProgress?.anchor.head = AuditChain.Link(
            sequence: connection.insertedRowID,
            hash: hash
        )
        auditProgress?.isStored = false
    }

    private func openProgress() throws -> AuditProgress {
        if let auditProgress { return auditProgress }
        let key = try keyring.key(named: AuditChain.keyName, connection)
        let chain = AuditChain(key: key.material)
        let stored = try text(.auditAnchor).flatMap { try AuditAnchor($0, chain) }
        // A forged anchor is not made good by what is appended: its records begin a chain of their
        // own, and `verifyAudit` misses those before.
        let anchor = try stored ?? AuditAnchor(after: lastAuditSequence())
        let progress = AuditProgress(chain: chain, anchor: anchor, isStored: stored != nil)
        auditProgress = progress
        return progress
    }

    private func lastAuditSequence() throws(SQLiteError) -> Int64 {
        let row = try statement(AuditTable.end)
        return try row.step() ? row.integer(.sequence) : 0
    }

    // MARK: The end of a transaction

    /// Removes the oldest records beyond the newest `limit`, and stores where the chain ends.
    ///
    /// Beyond as many as were `added` only so much is removed at a time: after the limit was lowered
    /// nobody waits for a million rows.
    func endAudit(keeping limit: Int, added: Int) throws {
        guard let anchor = auditProgress?.anchor else { return }
        let step = Int64(added) * 2 + AuditChain.pieceLength
        let end = anchor.base.sequence + step
        try removeAudit(upTo: min(anchor.head.sequence - Int64(limit), end))
        guard let progress = auditProgress, !progress.isStored else { return }
        try setText(try progress.anchor.text(progress.chain), .auditAnchor)
        auditProgress?.isStored = true
    }

    func trimAudit(before time: Timestamp) throws(APIError) {
        try translatingErrors {
            // The newest one stays: sequences go on from there.
            var last = try openProgress().anchor.head.sequence - 1
            do {
                let row = try statement(AuditTable.firstSince)
                try row.bind(1, time.milliseconds)
                if try row.step() { last = min(last, row.integer(.sequence) - 1) }
            }
            try removeAudit(upTo: last)
        }
    }

    private func removeAudit(upTo sequence: Int64) throws {
        guard sequence > 0 else { return }
        if let base = auditProgress?.anchor.base, sequence > base.sequence {
            let row = try statement(AuditTable.hash)
            try row.bind(1, sequence)
            guard try row.step(), !row.isNull(.chainHash) else { return }
            auditProgress?.anchor.base = AuditChain.Link(
                sequence: sequence,
                hash: row.blob(.chainHash)
            )
            auditProgress?.isStored = false
        }
        let deletion = try statement(AuditTable.trim)
        try deletion.bind(1, sequence)
        try deletion.run()
    }

    // MARK: Looking

    func oldestAuditTime() throws(APIError) -> Timestamp? {
        try translatingErrors {
            let row = try statement(AuditTable.oldest)
            return try row.step() ? row.timestamp(.time) : nil
        }
    }

    func verifyAudit(
        after former: AuditVerification
    ) throws(APIError) -> AuditVerification {
        try translatingErrors {
            var verification = former
            verification.isComplete = true
            // The key and the place where the chain begins came with the first record.
            guard try keyring.hasKey(named: AuditChain.keyName, connection) else {
                if try lastAuditSequence() > 0 { verification.fault = .unanchored }
                return verification
            }
            let key = try keyring.key(named: AuditChain.keyName, connection)
            let chain = AuditChain(key: key.material)
            guard let anchor = try text(.auditAnchor).flatMap({ try AuditAnchor($0, chain) }) else {
                verification.fault = .unanchored
                return verification
            }
            try follow(chain, anchor, &verification)
            return verification
        }
    }

    private func follow(
        _ chain: AuditChain,
        _ anchor: AuditAnchor,
        _ verification: inout AuditVerification
    ) throws {
        do {
            let old = try statement(AuditTable.upTo)
            try old.bind(1, anchor.base.sequence)
            if try old.step() { verification.fault = .unchained(anchor.base.sequence) }
        }
        var link = anchor.base
        // What was followed may have been removed since; the anchor is signed as well.
        if verification.lastSequence > link.sequence,
            let hash = Hexadecimal.bytes(verification.lastHash[...])
        {
            link = AuditChain.Link(sequence: verification.lastSequence, hash: hash)
        }
        let rows = try statement(AuditTable.sinceLink)
        try rows.bind(1, link.sequence)
        try rows.bind(2, AuditChain.pieceLength)
        let end = link.sequence + AuditChain.pieceLength
        while verification.fault == nil, try rows.step() {
            let sequence = rows.integer(.sequence)
            guard sequence == link.sequence + 1 else {
                verification.fault = .missing(link.sequence + 1)
                break
            }
            let hash = try chain.hash(auditRecord(in: rows), after: link.hash)
            guard ConstantTime.equal(hash, rows.blob(.chainHash)) else {
                verification.fault = .changed(sequence)
                break
            }
            link = AuditChain.Link(sequence: sequence, hash: hash)
            verification.chained += 1
        }
        verification.lastSequence = link.sequence
        verification.lastHash = Hexadecimal.string(link.hash)
        guard link.sequence < end || verification.fault != nil else {
            verification.isComplete = false
            return
        }
        if verification.fault == nil, link != anchor.head {
            verification.fault =
                link.sequence < anchor.head.sequence
                ? .missing(link.sequence + 1) : .unexpected(link.sequence)
        }
    }
}
