internal import AWS
internal import Cryptography
internal import Notation

/// The hash chain over the audit trail: the seal of what a commit brought covers its records and the
/// seal before it.
///
/// The hashes are keyed, so that nobody without the master key can make the chain fit what he
/// changed. Whoever has the key, or puts a whole older copy of the file in place, is not found.
struct AuditChain {
    /// A place in the chain: the last record of a commit, and the hash that covers it and all before
    /// it.
    struct Link: Equatable {
        let sequence: Int64
        let hash: [UInt8]
    }

    /// The key's name among the key-encryption keys; no scope of AWS has an empty account.
    static let keyName = KeyEncryptionKeyName(
        Scope(account: "", region: ""),
        kmsKeyID: "audit chain"
    )

    /// How many records are followed in one read.
    static let pieceLength: Int64 = 1_000

    let key: KeyMaterial

    /// The hash of a segment of a block (`AuditBlock`) that follows on another.
    ///
    /// What a record is written as depends on those before it in its block, so where that begins is
    /// covered too. The first byte tells it from a record of a former version, which begins with 0.
    func seal(
        _ segment: ArraySlice<UInt8>,
        from first: Int64,
        inBlock block: Int64,
        after previous: [UInt8]
    ) -> [UInt8] {
        var bytes = previous
        bytes.reserveCapacity(previous.count + 17 + segment.count)
        bytes.append(0xFF)
        AuditChain.append(UInt64(bitPattern: block), to: &bytes)
        AuditChain.append(UInt64(bitPattern: first), to: &bytes)
        bytes.append(contentsOf: segment)
        return HMACSHA256.authenticate(bytes, key: key)
    }

    /// The hash of a record that was written by a former version, in a row of its own.
    func hash(_ record: AuditRecord, after previous: [UInt8]) -> [UInt8] {
        var bytes = previous
        bytes.reserveCapacity(512)
        AuditChain.append(record, to: &bytes)
        return HMACSHA256.authenticate(bytes, key: key)
    }

    /// What is there is written with its number and its length.
    ///
    /// What is not there leaves no trace, so that a later version may know of more.
    private static func append(_ record: AuditRecord, to bytes: inout [UInt8]) {
        let fields: [String?] = [
            String(record.time.milliseconds), record.requestID, record.eventSource,
            record.eventName, record.scope.account, record.scope.region, record.principalARN,
            record.accessKeyID, record.sourceAddress, record.userAgent, record.resourceARN,
            record.requestParameters, record.errorCode, record.errorMessage,
            record.isReadOnly ? "read" : nil, record.decision, record.principalID,
            record.sessionStartedAt.map { String($0.milliseconds) }, record.invokedBy,
            record.responseElements, record.madeCalls, record.fault,
        ]
        for (number, field) in fields.enumerated() {
            guard let field else { continue }
            bytes.append(UInt8(number))
            append(UInt64(field.utf8.count), to: &bytes)
            bytes.append(contentsOf: field.utf8)
        }
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
        }
    }
}

/// Where the chain begins and ends, under a code of its own: records that were cut off at either end
/// are missed.
struct AuditAnchor: Equatable {
    /// The last record that was removed because the trail was full or the record old; before the
    /// first record, or the first one that is chained, sequence 0 or what came before it.
    var base: AuditChain.Link
    /// The newest record.
    var head: AuditChain.Link
    /// The mark of the seal of the rows; nil in a vault from before rows were sealed.
    var rows: String?

    init(base: AuditChain.Link, head: AuditChain.Link) {
        self.base = base
        self.head = head
    }

    /// An empty chain after a record that has no hash.
    init(after sequence: Int64) {
        let hash = [UInt8](repeating: 0, count: HMACSHA256.byteCount)
        base = AuditChain.Link(sequence: sequence, hash: hash)
        head = base
    }

    /// Reads what `text` wrote; nil for anything else, and for what another key signed.
    init?(_ text: String, _ chain: AuditChain) {
        let parts = text.split(separator: " ")
        guard parts.count == 5 || parts.count == 6, let base = AuditAnchor.link(parts[0], parts[1]),
            let head = AuditAnchor.link(parts[2], parts[3])
        else { return nil }
        self.init(base: base, head: head)
        if parts.count == 6 { rows = String(parts[4]) }
        guard self.text(chain) == text else { return nil }
    }

    func text(_ chain: AuditChain) -> String {
        let places =
            [base, head].map { "\($0.sequence) \(Hexadecimal.string($0.hash))" }
            .joined(separator: " ") + (rows.map { " \($0)" } ?? "")
        let code = HMACSHA256.authenticate(Array("anchor \(places)".utf8), key: chain.key)
        return "\(places) \(Hexadecimal.string(code))"
    }

    private static func link(_ sequence: Substring, _ hash: Substring) -> AuditChain.Link? {
        guard let sequence = Int64(sequence), let bytes = Hexadecimal.bytes(hash),
            bytes.count == HMACSHA256.byteCount
        else { return nil }
        return AuditChain.Link(sequence: sequence, hash: bytes)
    }
}
