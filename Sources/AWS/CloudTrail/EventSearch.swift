internal import Notation

/// Which entries of the trail a look-up is for.
struct EventSearch: Sendable {
    /// A property of an event and what it must be.
    struct Attribute: Sendable {
        enum Key: String, Sendable {
            case accessKeyID = "AccessKeyId"
            case eventID = "EventId"
            case eventName = "EventName"
            case eventSource = "EventSource"
            case readOnly = "ReadOnly"
            case resourceName = "ResourceName"
            case resourceType = "ResourceType"
            case userName = "Username"
        }

        let key: Key
        let value: String

        /// What a call asked of KMS is told by the record of the call, which has its name and its
        /// caller, but neither its source nor all that it was about.
        var filter: TrailFilter {
            switch key {
            case .accessKeyID, .eventName, .userName: TrailFilter(text: value)
            case .eventSource where value != KMS.eventSource: TrailFilter(text: value)
            case .resourceName where ARN(value)?.service == SecretsManager.signingName:
                TrailFilter(text: value)
            case .readOnly where value == "false": TrailFilter(kinds: .changes)
            case .eventID, .eventSource, .readOnly, .resourceName, .resourceType: TrailFilter()
            }
        }

        func matches(_ entry: AuditEntry) -> Bool {
            switch key {
            case .accessKeyID: entry.record.accessKeyID == value
            case .eventID: entry.eventID == value
            case .eventName: entry.record.eventName == value
            case .eventSource: entry.record.eventSource == value
            case .readOnly: value == (entry.record.isReadOnly ? "true" : "false")
            case .resourceName: entry.resources.contains { $0.name == value }
            case .resourceType: entry.resources.contains { $0.type == value }
            case .userName: entry.userName == value
            }
        }
    }

    let scope: Scope
    let attribute: Attribute?
    let start: Timestamp?
    /// Events before it are forgotten.
    let oldest: Timestamp
    let end: Timestamp?

    func matches(_ entry: AuditEntry) -> Bool {
        let record = entry.record
        guard entry.isOfCloudTrail, record.scope == scope,
            record.time >= max(start ?? oldest, oldest)
        else { return false }
        // An end without a fraction means that whole second.
        if let end, record.time.milliseconds >= end.milliseconds + 1_000 { return false }
        return attribute?.matches(entry) ?? true
    }

    /// What each record has that is one of them, or that made one of them.
    var filter: TrailFilter {
        var filter = attribute?.filter ?? TrailFilter()
        filter.since = max(start ?? oldest, oldest)
        filter.until = end.map { Timestamp(milliseconds: $0.milliseconds + 999) }
        return filter
    }

    /// What was asked, so that a token fits its own query only.
    var description: String {
        let times = [start, end].map { $0.map { String($0.milliseconds) } ?? "" }
        let parts = [scope.account, scope.region] + times
        return (parts + [attribute?.key.rawValue ?? "", attribute?.value ?? ""])
            .joined(separator: "\n")
    }
}
