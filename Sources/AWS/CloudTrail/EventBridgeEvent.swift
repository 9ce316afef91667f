package import JSON

/// An entry of the trail as EventBridge hands it on.
///
/// [Events from AWS services](https://docs.aws.amazon.com/eventbridge/latest/ref/events-structure.html)
package struct EventBridgeEvent: JSONWritable {
    private let entry: AuditEntry

    /// Nil for what is not handed on: calls that only read.
    package init?(_ entry: AuditEntry) {
        guard !entry.record.isReadOnly else { return nil }
        self.entry = entry
    }

    package func write(to writer: inout JSONWriter) {
        let record = entry.record
        let kind = record.isServiceEvent ? "AWS Service Event" : "AWS API Call"
        let service = record.eventSource.prefix { $0 != "." }
        writer.beginObject()
        writer.member("version", "0")
        writer.member("id", entry.eventID)
        writer.member("detail-type", "\(kind) via CloudTrail")
        writer.member("source", "aws.\(service)")
        writer.member("account", record.scope.account)
        writer.member("time", CalendarTime.secondsText(of: record.time))
        writer.member("region", record.scope.region)
        writer.member("resources", [String]())
        writer.name("detail")
        CloudTrailRecord(entry).write(to: &writer)
        writer.endObject()
    }
}
