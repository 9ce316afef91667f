internal import Notation

/// What a request to the agent asks for.
struct AgentQuery: Hashable, Sendable {
    let secretID: String
    private(set) var versionID: String?
    private(set) var versionStage: String?
    /// Whether what is kept does not count.
    private(set) var refreshNow = false
    /// As whom the secret is read, if not as the agent itself.
    private(set) var roleARN: String?

    /// Of `/secretsmanager/get?secretId=…`.
    init(query: String?) throws(AgentRefusal) {
        let fields = FormFields((query ?? "").utf8).fields
        secretID = fields.last { $0.name == "secretId" }?.value ?? ""
        try read(fields, besides: "secretId")
        guard !secretID.isEmpty else { throw AgentRefusal(400, "missing parameter secretId") }
        try checkRole()
    }

    /// Of `/v1/…`.
    init(path: Substring, query: String?) throws(AgentRefusal) {
        guard let bytes = PercentEncoding.decode(path.utf8), !bytes.isEmpty else {
            throw AgentRefusal(400, "missing secret ID")
        }
        secretID = String(decoding: bytes, as: UTF8.self)
        try read(FormFields((query ?? "").utf8).fields, besides: nil)
        try checkRole()
    }

    /// The same question; how fresh the answer must be is another matter.
    var question: AgentQuery {
        var question = self
        question.refreshNow = false
        return question
    }

    private mutating func read(
        _ fields: [(name: String, value: String)],
        besides known: String?
    ) throws(AgentRefusal) {
        for (name, value) in fields {
            switch name {
            case "versionId": versionID = value
            case "versionStage": versionStage = value
            case "refreshNow": refreshNow = try AgentQuery.isRefresh(value)
            case "roleArn": roleARN = value
            default:
                guard name == known else { throw AgentRefusal(400, "unknown parameter: \(name)") }
            }
        }
    }

    private static func isRefresh(_ value: String) throws(AgentRefusal) -> Bool {
        switch value.lowercased() {
        case "true", "1": return true
        case "false", "0": return false
        default: throw AgentRefusal(400, "invalid refreshNow value")
        }
    }

    private func checkRole() throws(AgentRefusal) {
        guard let roleARN else { return }
        let arn = ARN(roleARN)
        let name = arn?.resource.dropFirst("role/".count) ?? ""
        guard let arn, arn.service == "iam", arn.region.isEmpty, AccountID.isValid(arn.account),
            arn.resource.hasPrefix("role/"), !name.isEmpty,
            arn.partition.utf8.allSatisfy({ AgentQuery.isWord($0) || $0 == UInt8(ascii: "-") }),
            name.utf8.allSatisfy({ AgentQuery.isWord($0) || "+=,.@/-".utf8.contains($0) })
        else {
            throw AgentRefusal(
                400,
                "invalid roleArn format, expected arn:<partition>:iam::<account>:role/<name>"
            )
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "_")
    }
}
