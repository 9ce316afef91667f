internal import AWS
internal import Cryptography
internal import Notation

/// Following the chain over the trail, a piece further.
extension SQLiteTransaction {
    func verifyAudit(after former: AuditVerification) throws(APIError) -> AuditVerification {
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
            guard let anchor = try text(.auditAnchor).flatMap({ AuditAnchor($0, chain) }) else {
                verification.fault = .unanchored
                return verification
            }
            var walk = AuditWalk(chain, from: anchor.base, after: former)
            if try hasRecords(upTo: anchor.base.sequence) {
                walk.fault = .unchained(anchor.base.sequence)
            }
            try followRows(&walk)
            try followBlocks(&walk)
            walk.end(at: anchor.head, of: &verification)
            return verification
        }
    }

    private func hasRecords(upTo sequence: Int64) throws(SQLiteError) -> Bool {
        do {
            let rows = try statement(AuditTable.upTo)
            try rows.bind(1, sequence)
            if try rows.step() { return true }
        }
        let blocks = try statement(AuditBlockTable.upTo)
        try blocks.bind(1, sequence)
        return try blocks.step()
    }

    private func followRows(_ walk: inout AuditWalk) throws {
        let rows = try statement(AuditTable.after)
        try rows.bind(1, walk.link.sequence)
        try rows.bind(2, AuditChain.pieceLength)
        while walk.goesOn, try rows.step() { try walk.follow(rows.entry, rows.link) }
    }

    private func followBlocks(_ walk: inout AuditWalk) throws {
        let blocks = try statement(AuditBlockTable.from)
        try blocks.bind(1, walk.link.sequence)
        // The block that a former piece ended in may come once more.
        var mayBeKnown = !walk.hasMoved
        while walk.fault == nil, try blocks.step() {
            let first = blocks.integer(.firstSequence)
            // A piece does not end before a block that says to be among what was followed.
            guard walk.goesOn || first <= walk.link.sequence else { break }
            try walk.follow(first, blocks.blob(.records), blocks.summary, mayBeKnown)
            mayBeKnown = false
        }
    }
}

/// A walk along the chain, from a link that is known to be good.
private struct AuditWalk {
    let chain: AuditChain
    private(set) var link: AuditChain.Link
    private(set) var chained: Int64
    var fault: AuditVerification.Fault?
    /// Where the piece begins and ends.
    private let start: Int64
    private let end: Int64

    init(
        _ chain: AuditChain,
        from base: AuditChain.Link,
        after former: AuditVerification
    ) {
        self.chain = chain
        link = base
        chained = former.chained
        // What was followed may have been removed since; the anchor is signed as well.
        if former.lastSequence > base.sequence, let hash = Hexadecimal.bytes(former.lastHash[...]) {
            link = AuditChain.Link(sequence: former.lastSequence, hash: hash)
        }
        start = link.sequence
        end = start &+ AuditChain.pieceLength
    }

    var hasMoved: Bool { link.sequence != start }

    var goesOn: Bool { fault == nil && link.sequence < end }

    /// A row of a former version.
    mutating func follow(_ entry: AuditEntry, _ stored: AuditChain.Link) throws {
        guard entry.sequence == link.sequence + 1 else {
            fault = .missing(link.sequence + 1)
            return
        }
        let hash = chain.hash(entry.record, after: link.hash)
        guard ConstantTime.equal(hash, stored.hash) else {
            fault = .changed(entry.sequence...entry.sequence)
            return
        }
        link = AuditChain.Link(sequence: entry.sequence, hash: hash)
        chained += 1
    }

    /// A block, of which the beginning may have been followed already, or all when it may be known.
    mutating func follow(
        _ first: Int64,
        _ bytes: [UInt8],
        _ summary: AuditSummary,
        _ mayBeKnown: Bool
    ) throws {
        let start = link.sequence
        var reader = AuditBlockReader(first: first, bytes: bytes)
        while fault == nil, let segment = reader.next() {
            guard segment.isWhole else {
                fault = .changed(segment.first...max(segment.first, summary.last))
                break
            }
            if segment.last > start { try follow(segment, inBlock: first) }
        }
        guard fault == nil else { return }
        let isNew = link.sequence > start || mayBeKnown && summary.last == start
        if !isNew || AuditSummary(of: reader.records, first: first) != summary {
            // It adds nothing, or what it is found by is not what its records say.
            fault = .changed(first...max(first, link.sequence))
        }
    }

    private mutating func follow(_ segment: AuditSegment, inBlock first: Int64) throws {
        guard segment.first == link.sequence + 1 else {
            fault = .missing(link.sequence + 1)
            return
        }
        let seal = chain.seal(
            segment.bytes,
            from: segment.first,
            inBlock: first,
            after: link.hash
        )
        guard ConstantTime.equal(seal, Array(segment.seal)) else {
            fault = .changed(segment.first...segment.last)
            return
        }
        link = AuditChain.Link(sequence: segment.last, hash: seal)
        chained += segment.last - segment.first + 1
    }

    /// What came of the piece.
    func end(at head: AuditChain.Link, of verification: inout AuditVerification) {
        verification.chained = chained
        verification.lastSequence = link.sequence
        // Before the first record there is nothing to write down.
        verification.lastHash = link.sequence == 0 ? "" : Hexadecimal.string(link.hash)
        verification.fault = fault
        if fault == nil, link.sequence >= end {
            verification.isComplete = false
        } else if fault == nil, link != head {
            verification.fault =
                link.sequence < head.sequence
                ? .missing(link.sequence + 1) : .unexpected(link.sequence)
        }
    }
}
