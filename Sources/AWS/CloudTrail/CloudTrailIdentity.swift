internal import JSON
internal import Notation

/// Who made a call, in CloudTrail's words.
///
/// [userIdentity](https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html)
struct CloudTrailIdentity: JSONWritable {
    let record: AuditRecord

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        if record.isServiceEvent {
            writer.member("accountId", record.scope.account)
            writer.member("invokedBy", record.principalARN)
        } else if let subject = webIdentity {
            writer.member("type", "WebIdentityUser")
            writer.member("principalId", record.principalID)
            writer.member("userName", subject)
            writer.member("identityProvider", record.principalARN)
        } else if ARN(record.principalARN) == nil {
            writer.member("type", "AWSService")
            writer.member("invokedBy", record.principalARN)
        } else {
            writeCaller(to: &writer)
        }
        writer.endObject()
    }

    /// The subject of an identity provider's token; nil for every other caller.
    ///
    /// The unique id is `PROVIDER:AUDIENCE:SUBJECT`, and an audience may be an address.
    private var webIdentity: String? {
        let provider = "\(record.principalARN):"
        guard let id = record.principalID, id.hasPrefix(provider) else { return nil }
        let named = id.dropFirst(provider.count)
        let audience = named.prefix(named.hasPrefix("https://") ? 8 : 0)
        let rest = named.dropFirst(audience.count)
        return rest.firstIndex(of: ":").map { String(rest[rest.index(after: $0)...]) }
    }

    private static let types = [
        "assumed-role": "AssumedRole", "federated-user": "FederatedUser", "user": "IAMUser",
    ]

    private func writeCaller(to writer: inout JSONWriter) {
        let arn = record.principalARN
        let account = record.callerAccount
        let parts = ARN(arn)
        let names = parts?.path.map(String.init) ?? []
        let isSession = names.first == "assumed-role"
        let isUser = names.first == "user"
        writer.member("type", Self.types[names.first ?? ""] ?? "Root")
        // The unique id of an account's root is the account itself.
        writer.member("principalId", record.principalID ?? account)
        writer.member("arn", arn)
        writer.member("accountId", account)
        writer.member("accessKeyId", record.accessKeyID)
        if isUser { writer.member("userName", names.last) }
        if record.sessionStartedAt != nil || (isSession && names.count == 3) {
            writer.name("sessionContext")
            writer.beginObject()
            if isSession, names.count == 3 { writeIssuer(names[1], parts, to: &writer) }
            writeAttributes(to: &writer)
            writer.endObject()
        }
        writer.member("invokedBy", record.invokedBy)
    }

    private func writeIssuer(_ role: String, _ session: ARN?, to writer: inout JSONWriter) {
        writer.name("sessionIssuer")
        writer.beginObject()
        writer.member("type", "Role")
        let roleID = record.principalID?.split(separator: ":").first
        writer.member("principalId", roleID.map(String.init))
        let partition = session?.partition ?? Partition.standard
        let account = record.callerAccount
        let arn = ARN(global: "iam", partition: partition, account: account, "role/\(role)")
        writer.member("arn", arn.text)
        writer.member("accountId", account)
        writer.member("userName", role)
        writer.endObject()
    }

    /// Nobody here has a second factor.
    private func writeAttributes(to writer: inout JSONWriter) {
        guard let startedAt = record.sessionStartedAt else { return }
        writer.name("attributes")
        writer.beginObject()
        writer.member("creationDate", CalendarTime.secondsText(of: startedAt))
        writer.member("mfaAuthenticated", "false")
        writer.endObject()
    }
}
