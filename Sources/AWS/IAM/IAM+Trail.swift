internal import JSON

/// What the readers of the trail are told about records of IAM.
extension IAM {
    /// The record has the name of the exception, where the answer has the shorter one of the query
    /// protocol.
    package static func recordedErrorCode(_ code: String) -> String {
        exceptions.contains(code) ? "\(code)Exception" : code
    }

    /// The errors of IAM's model that are exceptions there.
    private static let exceptions: Set<String> = [
        "ConcurrentModification", "DeleteConflict", "EntityAlreadyExists",
        "EntityTemporarilyUnmodifiable", "InvalidInput", "LimitExceeded", "MalformedPolicyDocument",
        "NoSuchEntity", "PolicyEvaluation", "PolicyNotAttachable", "UnmodifiableEntity",
    ]

    /// Records name nothing; look-ups find changes by what they changed: a thing that was made by its
    /// name, its id and its ARN, all else by its name.
    ///
    /// Recorded for users and access keys; the rest is of the same kind. [guess]
    package static func resources(of record: AuditRecord) -> [NamedResource] {
        guard !record.isReadOnly, record.errorCode == nil else { return [] }
        let parameters = JSONObject(record: record.requestParameters)
        let made = JSONObject(record: record.responseElements)
        return kinds.flatMap { kind in
            var names = [parameters.text(kind.name)]
            if let thing = made.object(kind.thing) {
                names = [kind.name, kind.id, "arn"].map { thing.text($0) }
            }
            var found: [NamedResource] = []
            for name in names.compactMap(\.self) {
                let resource = NamedResource(kind.type, named: name)
                if !found.contains(resource) { found.append(resource) }
            }
            return found
        }
    }

    /// The kinds of things, and the members that name them.
    private static let kinds = [
        (type: "AWS::IAM::AccessKey", thing: "accessKey", name: "accessKeyId", id: "accessKeyId"),
        (type: "AWS::IAM::Policy", thing: "policy", name: "policyArn", id: "policyId"),
        (type: "AWS::IAM::Role", thing: "role", name: "roleName", id: "roleId"),
        (type: "AWS::IAM::User", thing: "user", name: "userName", id: "userId"),
    ]
}

extension WriteOperation where API == IAMAction, Response == IAMAnswer {
    /// What was made; of updates and deletions nothing is kept.
    package static func responseElements(of response: IAMAnswer) -> String? {
        RecordedAnswer(response)?.text
    }
}
