internal import JSON
internal import Notation

/// What the readers of the trail are told about records of KMS.
extension KMS {
    /// The key, since the end of 2022 after every change of one.
    ///
    /// [Logging KMS API calls](https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html)
    package static func responseElements(of record: AuditRecord) -> String? {
        if let kept = record.responseElements { return kept }
        guard !record.isReadOnly, record.errorCode == nil, let arn = record.resourceARN else {
            return nil
        }
        return JSONObject([(name: "keyId", value: .string(arn))]).jsonText()
    }

    /// The key that was used or changed.
    package static func resources(of record: AuditRecord) -> [NamedResource] {
        guard let arn = record.resourceARN else { return [] }
        let account = ARN(arn)?.account ?? record.scope.account
        return [NamedResource("AWS::KMS::Key", arn: arn, in: account)]
    }
}

extension WriteOperation where API == KMSAction {
    /// What a change answers; of what counts as reading, as a data key, nothing is kept.
    package static func responseElements(of response: Response) -> String? {
        isReadOnly ? nil : RecordedAnswer(response)?.text
    }
}
