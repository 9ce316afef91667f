internal import JSON

extension VaultWriting {
    /// Deletes a key whose waiting period has ended; what it sealed does not open again.
    ///
    /// - Returns: what is in the audit trail now.
    /// - Throws: what the vault throws; then nothing may be kept.
    package func deleteForGood(_ key: KMSKey, at now: Timestamp) throws(APIError) -> AuditRecord {
        try destroy(key)
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("keyId", key.arn.text)
        writer.endObject()
        let record = AuditRecord(
            time: now,
            requestID: "DeleteKey-\(key.arn.text)",
            eventSource: KMSAction.eventSource,
            eventName: "DeleteKey",
            scope: key.arn.scope,
            principalARN: KMSAction.eventSource,
            accessKeyID: nil,
            sourceAddress: KMSAction.eventSource,
            userAgent: KMSAction.eventSource,
            secretARN: nil,
            requestParameters: String(decoding: writer.bytes, as: UTF8.self),
            errorCode: nil,
            errorMessage: nil,
            isReadOnly: false
        )
        try append(record)
        return record
    }
}
