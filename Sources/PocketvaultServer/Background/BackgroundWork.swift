internal import AWS
internal import Notation

/// Work that nobody calls for: each piece falls due at a time that follows from stored rows.
protocol BackgroundWork: Sendable {
    /// When the earliest piece falls due; nil when there is none.
    func nextTime() throws -> Timestamp?

    /// Does the earliest piece, if it has fallen due by `now`, and waits until that is on disk.
    ///
    /// - Returns: what it did; nothing when the piece is gone in the meantime.
    func runNext(at now: Timestamp) throws -> [FiredWork]

    /// Ends the piece that is under way, if it may take its time, because the server stops.
    func cancel()
}

extension BackgroundWork {
    func cancel() {}
}

/// A piece of background work that was done.
struct FiredWork: Sendable, Equatable {
    /// The vault's time at which it was done.
    let time: Timestamp
    /// CloudTrail's name of the event.
    let event: String
    /// What it was done to, as in `secret`.
    let noun: String
    let arn: String
    let versionID: String?
    let errorMessage: String?

    init(_ event: ServiceEvent) {
        time = event.time
        self.event = event.name.rawValue
        noun = "secret"
        arn = event.secretARN.text
        versionID = event.versionID
        errorMessage = event.errorMessage
    }

    init(_ record: AuditRecord, of key: KeyARN) {
        time = record.time
        event = record.eventName
        noun = "key"
        arn = key.text
        versionID = nil
        errorMessage = nil
    }
}
