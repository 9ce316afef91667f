package import JSON

/// An entry of the audit trail in CloudTrail's words.
///
/// [Record contents](https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html)
package struct CloudTrailRecord: JSONWritable {
    private let entry: AuditEntry

    package init(_ entry: AuditEntry) {
        self.entry = entry
    }

    package func write(to writer: inout JSONWriter) {
        let record = entry.record
        let isEvent = record.isServiceEvent
        writer.beginObject()
        writer.member("eventVersion", "1.11")
        writer.name("userIdentity")
        CloudTrailIdentity(record: record).write(to: &writer)
        writer.member("eventTime", CalendarTime.secondsText(of: record.time))
        writer.member("eventSource", record.eventSource)
        writer.member("eventName", record.eventName)
        writer.member("awsRegion", record.scope.region)
        writer.member("sourceIPAddress", record.sourceAddress)
        writer.member("userAgent", record.userAgent)
        writer.member("errorCode", errorCode)
        writer.member("errorMessage", record.errorMessage)
        writer.name("requestParameters")
        write(isEvent ? nil : record.requestParameters, to: &writer)
        writer.name("responseElements")
        writeResponse(to: &writer)
        if isEvent {
            writer.name("additionalEventData")
            write(record.requestParameters, to: &writer)
        }
        writer.member("requestID", record.requestID)
        writer.member("eventID", entry.eventID)
        writer.member("readOnly", record.isReadOnly)
        writer.member("eventType", isEvent ? "AwsServiceEvent" : "AwsApiCall")
        writer.member("managementEvent", true)
        writer.member("recipientAccountId", record.scope.account)
        writer.member("sharedEventID", record.isShared ? record.requestID : nil)
        writer.member("eventCategory", "Management")
        writer.endObject()
    }

    /// CloudTrail has a shorter name for the refusals of authorisation.
    private var errorCode: String? {
        let code = entry.record.errorCode
        return code == APIError.Code.accessDenied.rawValue ? "AccessDenied" : code
    }

    /// Of an answer CloudTrail keeps no more than the ARN, and that of changes only.
    private func writeResponse(to writer: inout JSONWriter) {
        let record = entry.record
        guard !record.isReadOnly, !record.isServiceEvent, record.errorCode == nil,
            let arn = record.secretARN
        else { return writer.null() }
        writer.beginObject()
        writer.member("arn", arn)
        writer.endObject()
    }

    private func write(_ json: String?, to writer: inout JSONWriter) {
        guard let json, let value = try? JSONParser.parse(Array(json.utf8)) else {
            return writer.null()
        }
        value.write(to: &writer)
    }
}
