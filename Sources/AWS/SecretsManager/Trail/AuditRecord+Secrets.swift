internal import JSON

/// What a record tells of secrets, for those who look for calls about one.
extension AuditRecord {
    /// The ARN and the names of the secret that the call was about; as it was sent, where there is none.
    package var secretNames: [String] {
        let sent = JSONObject(record: requestParameters).text("secretId")
        guard let secret = resourceARN ?? sent else { return [] }
        return [secret] + FaultedCall.names(of: secret)
    }

    /// The versions whose values the call opened or sealed, and the one that it named.
    package var versionIDs: [String] {
        let named = JSONObject(record: requestParameters).text("versionId")
        return KeyCall.all(in: self).map(\.versionID) + [named].compactMap(\.self)
    }
}
