package import JSON
internal import Notation

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
        guard entry.isOfCloudTrail else { return writeNative(to: &writer) }
        let kind = record.isServiceEvent ? "AWS Service Event" : "AWS API Call"
        let service = record.eventSource.prefix { $0 != "." }
        writer.beginObject()
        writeHead("\(kind) via CloudTrail", from: service, resources: [], to: &writer)
        CloudTrailRecord(entry).write(to: &writer)
        writer.endObject()
    }

    private func writeHead(
        _ kind: String,
        from service: Substring,
        resources: [String],
        to writer: inout JSONWriter
    ) {
        let record = entry.record
        writer.member("version", "0")
        writer.member("id", entry.eventID)
        writer.member("detail-type", kind)
        writer.member("source", "aws.\(service)")
        writer.member("account", record.scope.account)
        writer.member("time", CalendarTime.secondsText(of: record.time))
        writer.member("region", record.scope.region)
        writer.member("resources", resources)
        writer.name("detail")
    }

    /// An event of the service's own, which needs no trail.
    private func writeNative(to writer: inout JSONWriter) {
        let record = entry.record
        let facts = JSONObject(record: record.requestParameters)
        let arn = record.resourceARN ?? ""
        writer.beginObject()
        let service = record.eventSource.prefix { $0 != "." }
        writeHead("Secret Label Updated", from: service, resources: [arn], to: &writer)
        writer.beginObject()
        writer.member("name", SecretARN.name(in: arn))
        writer.member("labelUpdated", facts.text("LabelUpdated"))
        writer.member("versionId", facts.text("VersionId"))
        writer.endObject()
        writer.endObject()
    }
}
