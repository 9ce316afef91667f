internal import JSON
internal import Notation

extension AuditRecord {
    /// Of what KMS does with a key by itself.
    convenience init(of eventName: String, _ key: KMSKey, at now: Timestamp) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("keyId", key.arn.text)
        writer.endObject()
        self.init(
            time: now,
            requestID: "\(eventName)-\(key.arn.text)-\(now.milliseconds)",
            eventSource: KMS.eventSource,
            eventName: eventName,
            scope: key.arn.scope,
            principalARN: KMS.eventSource,
            accessKeyID: nil,
            sourceAddress: KMS.eventSource,
            userAgent: KMS.eventSource,
            resourceARN: nil,
            requestParameters: String(decoding: writer.bytes, as: UTF8.self),
            errorCode: nil,
            errorMessage: nil,
            isReadOnly: false
        )
    }
}
