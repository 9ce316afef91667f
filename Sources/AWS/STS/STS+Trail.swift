internal import JSON
internal import Notation

/// What the readers of the trail are told about records of STS.
extension STS {
    package static func recordedErrorCode(_ code: String) -> String {
        exceptions.contains(code) ? "\(code)Exception" : code
    }

    /// The errors of the model that are exceptions there, and have a shorter name in an answer.
    private static let exceptions: Set<String> = [
        "IDPCommunicationError", "IDPRejectedClaim", "InvalidIdentityToken",
        "MalformedPolicyDocument", "PackedPolicyTooLarge",
    ]

    /// The role, by its ARN; look-ups also find the session that came of it, and its key.
    package static func resources(of record: AuditRecord) -> [NamedResource] {
        let parameters = JSONObject(record: record.requestParameters)
        guard let role = parameters.text("roleArn").flatMap({ ARN($0) }) else { return [] }
        var found = [NamedResource("AWS::IAM::Role", arn: role.text, in: role.account)]
        let answer = JSONObject(record: record.responseElements)
        if let key = answer.object("credentials")?.text("accessKeyId") {
            found.append(NamedResource("AWS::IAM::AccessKey", named: key))
        }
        guard let session = answer.object("assumedRoleUser") else { return found }
        let names = [
            parameters.text("roleSessionName"), session.text("assumedRoleId"), session.text("arn"),
        ]
        return found
            + names.compactMap { $0.map { NamedResource("AWS::STS::AssumedRole", named: $0) } }
    }
}

extension WriteOperation where API == STSAction {
    /// Whose credentials were given out, without what makes them good for anything.
    package static func responseElements(of response: Response) -> String? {
        RecordedAnswer(response)?.text
    }
}
