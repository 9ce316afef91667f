/// What CloudTrail makes of an entry of the trail.
extension AuditEntry {
    /// Whether CloudTrail has it at all: an event of EventBridge's own is nothing that was called.
    var isOfCloudTrail: Bool {
        !(record.isServiceEvent
            && record.eventName == ServiceEvent.Name.secretLabelUpdated.rawValue)
    }

    /// It, and after it the calls to other services that it made in the caller's name.
    func withMadeCalls(_ vault: any VaultReading) throws(APIError) -> [AuditEntry] {
        guard record.madeCalls != nil,
            let card = Services.card(eventSource: record.eventSource)
        else { return [self] }
        var entries = [self]
        for made in try card.madeCalls(record, vault) {
            var entry = AuditEntry(sequence: sequence, part: entries.count, record: made)
            if made.requestID.isEmpty {
                entry.record = made.copy(requestID: entry.madeRequestID)
            }
            entries.append(entry)
        }
        return entries
    }

    /// What it was about, as far as its service names that.
    var resources: [NamedResource] {
        Services.card(eventSource: record.eventSource)?.resources(record) ?? []
    }
}
