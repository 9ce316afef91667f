internal import AWS
internal import Notation

/// Bytes that no version of the server wrote there.
struct AuditDamage: Error {}

/// Reads what `AuditRecordWriter` wrote, from bytes that anybody may have changed.
struct AuditRecordReader {
    private let bytes: [UInt8]
    private(set) var position = 0
    private(set) var records: [AuditRecord] = []
    /// Which fields of the present record are here, and how many were looked at.
    private var differences: UInt32 = 0
    private var fieldCount: UInt32 = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// From what the first record of a block differs.
    static let blank = AuditRecord(
        time: Timestamp(milliseconds: 0),
        requestID: "",
        eventSource: "",
        eventName: "",
        scope: Scope(account: "", region: ""),
        principalARN: "",
        accessKeyID: nil,
        sourceAddress: "",
        userAgent: nil,
        resourceARN: nil,
        requestParameters: nil,
        errorCode: nil,
        errorMessage: nil,
        isReadOnly: false
    )

    var isAtEnd: Bool { position == bytes.count }

    /// The next record; `records` has it then.
    mutating func readRecord() throws(AuditDamage) {
        let distance = try number()
        guard (1...UInt64(records.count) + 1).contains(distance) else { throw AuditDamage() }
        let earlier = records.count - Int(distance)
        let former = earlier < 0 ? AuditRecordReader.blank : records[earlier]
        differences = 0
        for byte in try take(3).reversed() { differences = differences << 8 | UInt32(byte) }
        let time = former.time.milliseconds &+ (try signed())
        fieldCount = 0
        let record = try readFields(at: Timestamp(milliseconds: time), after: former)
        guard differences >> fieldCount == 0 else { throw AuditDamage() }
        records.append(record)
    }

    /// In the order in which they are written.
    private mutating func readFields(
        at time: Timestamp,
        after former: AuditRecord
    ) throws(AuditDamage) -> AuditRecord {
        let requestID = try text(former.requestID)
        let eventSource = try text(former.eventSource)
        let eventName = try text(former.eventName)
        let account = try text(former.scope.account)
        let region = try text(former.scope.region)
        let principalARN = try text(former.principalARN)
        let principalID = try optionalText(former.principalID)
        let accessKeyID = try optionalText(former.accessKeyID)
        let invokedBy = try optionalText(former.invokedBy)
        let sourceAddress = try text(former.sourceAddress)
        let userAgent = try optionalText(former.userAgent)
        let resourceARN = try optionalText(former.resourceARN)
        let requestParameters = try optionalText(former.requestParameters)
        let responseElements = try optionalText(former.responseElements)
        let madeCalls = try optionalText(former.madeCalls)
        let errorCode = try optionalText(former.errorCode)
        let errorMessage = try optionalText(former.errorMessage)
        let decision = try optionalText(former.decision)
        let fault = try optionalText(former.fault)
        return AuditRecord(
            time: time,
            requestID: requestID,
            eventSource: eventSource,
            eventName: eventName,
            scope: Scope(account: account, region: region),
            principalARN: principalARN,
            principalID: principalID,
            accessKeyID: accessKeyID,
            sessionStartedAt: try optionalTime(former.sessionStartedAt),
            invokedBy: invokedBy,
            sourceAddress: sourceAddress,
            userAgent: userAgent,
            resourceARN: resourceARN,
            requestParameters: requestParameters,
            responseElements: responseElements,
            madeCalls: madeCalls,
            errorCode: errorCode,
            errorMessage: errorMessage,
            decision: decision,
            fault: fault,
            isReadOnly: former.isReadOnly != isNextDifferent()
        )
    }

    private mutating func isNextDifferent() -> Bool {
        defer { fieldCount += 1 }
        return differences >> fieldCount & 1 == 1
    }

    private mutating func text(_ former: String) throws(AuditDamage) -> String {
        guard let text = try optionalText(former) else { throw AuditDamage() }
        return text
    }

    private mutating func optionalText(_ former: String?) throws(AuditDamage) -> String? {
        guard isNextDifferent() else { return former }
        let length = try number()
        guard length > 0 else { return nil }
        return String(decoding: try take(length - 1), as: UTF8.self)
    }

    private mutating func optionalTime(_ former: Timestamp?) throws(AuditDamage) -> Timestamp? {
        guard isNextDifferent() else { return former }
        guard try number() == 1 else { return nil }
        return Timestamp(milliseconds: try signed())
    }

    // MARK: Bytes

    /// As many bytes, which must be there.
    mutating func take(_ count: UInt64) throws(AuditDamage) -> ArraySlice<UInt8> {
        guard count <= UInt64(bytes.count - position) else { throw AuditDamage() }
        defer { position += Int(count) }
        return bytes[position..<position + Int(count)]
    }

    mutating func number() throws(AuditDamage) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard position < bytes.count else { throw AuditDamage() }
            let byte = bytes[position]
            position += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        throw AuditDamage()
    }

    private mutating func signed() throws(AuditDamage) -> Int64 {
        let number = try number()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }
}
