internal import JSON
internal import Notation

/// What the readers of the trail are told about records of Secrets Manager.
extension SecretsManager {
    /// The ARN of what was changed; a change that KMS refused has it too.
    package static func responseElements(of record: AuditRecord) -> String? {
        if let kept = record.responseElements { return kept }
        guard !record.isReadOnly, !record.isServiceEvent, let arn = record.resourceARN,
            record.errorCode == nil || KeyCall.wasRefused(record)
        else { return nil }
        return JSONObject([(name: "arn", value: .string(arn))]).jsonText()
    }

    /// The secret, if the request named it by its ARN.
    ///
    /// What another call asked for in the caller's name tells of no resource.
    package static func resources(of record: AuditRecord) -> [NamedResource] {
        guard record.invokedBy == nil, !record.isServiceEvent,
            let sent = JSONObject(record: record.requestParameters).text("secretId"),
            let named = ARN(sent)
        else { return [] }
        let arn = record.resourceARN.flatMap { ARN($0) } ?? named
        return [NamedResource("AWS::SecretsManager::Secret", arn: arn.text, in: arn.account)]
    }

    /// What KMS was asked for.
    package static func madeCalls(
        of record: AuditRecord,
        _ vault: any VaultReading
    ) throws(APIError) -> [AuditRecord] {
        var records: [AuditRecord] = []
        for call in KeyCall.all(in: record) {
            if let made = try call.record(of: record, vault) { records.append(made) }
        }
        return records
    }
}
