package import JSON
internal import Notation

/// An entry of the audit trail in CloudTrail's words.
///
/// What they have that belongs to a service is asked of that service's card.
///
/// [Record contents](https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html)
package struct CloudTrailRecord: JSONWritable {
    private let entry: AuditEntry
    private let card: ServiceCard?

    package init(_ entry: AuditEntry) {
        self.entry = entry
        card = Services.card(eventSource: entry.record.eventSource)
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
        // A service that calls in somebody's name stands in the place of his machine.
        writer.member("sourceIPAddress", record.invokedBy ?? record.sourceAddress)
        writer.member("userAgent", record.invokedBy ?? record.userAgent)
        writer.member("errorCode", errorCode)
        writer.member("errorMessage", record.errorMessage)
        writer.name("requestParameters")
        write(isEvent ? nil : record.requestParameters, to: &writer)
        writer.name("responseElements")
        write(isEvent ? nil : card?.responseElements(record), to: &writer)
        if isEvent {
            writer.name("additionalEventData")
            write(record.requestParameters, to: &writer)
        }
        writer.member("requestID", record.requestID)
        writer.member("eventID", entry.eventID)
        writer.member("readOnly", record.isReadOnly)
        writeResources(to: &writer)
        writer.member("eventType", isEvent ? "AwsServiceEvent" : "AwsApiCall")
        writer.member("managementEvent", true)
        writer.member("recipientAccountId", record.scope.account)
        writer.member("sharedEventID", record.isShared ? record.requestID : nil)
        writer.member("eventCategory", "Management")
        if isFromOutside { writeTLSDetails(to: &writer) }
        writer.endObject()
    }

    /// CloudTrail has a shorter name for the refusals of authorisation.
    private var errorCode: String? {
        guard let code = entry.record.errorCode else { return nil }
        return code == APIError.Code.accessDenied.rawValue
            ? "AccessDenied" : card?.recordedErrorCode(code) ?? code
    }

    private func writeResources(to writer: inout JSONWriter) {
        let resources = card?.resources(entry.record).filter { $0.account != nil } ?? []
        guard !resources.isEmpty else { return }
        writer.name("resources")
        writer.beginArray()
        for resource in resources {
            writer.beginObject()
            writer.member("accountId", resource.account)
            writer.member("type", resource.type)
            writer.member("ARN", resource.name)
            writer.endObject()
        }
        writer.endArray()
    }

    /// Whether a client sent it, and no service.
    private var isFromOutside: Bool {
        let record = entry.record
        return record.invokedBy == nil && ARN(record.principalARN) != nil
    }

    /// As of the call to AWS that this one stands for, which could not be made in any other way.
    private func writeTLSDetails(to writer: inout JSONWriter) {
        guard let card else { return }
        writer.name("tlsDetails")
        writer.beginObject()
        writer.member("tlsVersion", "TLSv1.3")
        writer.member("cipherSuite", "TLS_AES_128_GCM_SHA256")
        let host = ServiceEndpoint(of: card.signingName, in: entry.record.scope.region).name
        writer.member("clientProvidedHostHeader", host)
        writer.member("keyExchange", "X25519MLKEM768")
        writer.endObject()
    }

    private func write(_ json: String?, to writer: inout JSONWriter) {
        guard let json, let value = try? JSONParser.parse(Array(json.utf8)) else {
            return writer.null()
        }
        value.write(to: &writer)
    }
}
