internal import JSON

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
        } else {
            writeCaller(to: &writer)
        }
        writer.endObject()
    }

    private func writeCaller(to writer: inout JSONWriter) {
        let arn = record.principalARN
        let account = record.callerAccount
        let path = arn.split(separator: ":").last.map(String.init) ?? ""
        let names = path.split(separator: "/").map(String.init)
        let isSession = path.hasPrefix("assumed-role/")
        let isUser = path.hasPrefix("user/")
        writer.member("type", isSession ? "AssumedRole" : isUser ? "IAMUser" : "Root")
        // The unique id of an account's root is the account itself.
        writer.member("principalId", record.principalID ?? account)
        writer.member("arn", arn)
        writer.member("accountId", account)
        writer.member("accessKeyId", record.accessKeyID)
        if isUser { writer.member("userName", names.last) }
        guard isSession, names.count == 3 else { return }
        writer.name("sessionContext")
        writer.beginObject()
        writer.name("sessionIssuer")
        writer.beginObject()
        writer.member("type", "Role")
        let roleID = record.principalID?.split(separator: ":").first
        writer.member("principalId", roleID.map(String.init))
        writer.member("arn", "arn:aws:iam::\(account):role/\(names[1])")
        writer.member("accountId", account)
        writer.member("userName", names[1])
        writer.endObject()
        writer.endObject()
    }
}

extension AuditRecord {
    /// The account of who called, which is not that of the trail when a secret is another account's.
    var callerAccount: String {
        let parts = principalARN.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count > 4 && !parts[4].isEmpty ? String(parts[4]) : scope.account
    }

    /// Whether the call is in the trails of two accounts: the caller's and the secret's owner's.
    var isShared: Bool {
        guard !isServiceEvent, let secretARN else { return false }
        let parts = secretARN.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count > 4 && parts[4] != callerAccount
    }

    /// The same call in another trail, that of the account that owns the secret.
    func copy(in scope: Scope) -> AuditRecord {
        AuditRecord(
            time: time,
            requestID: requestID,
            eventSource: eventSource,
            eventName: eventName,
            scope: scope,
            principalARN: principalARN,
            principalID: principalID,
            accessKeyID: accessKeyID,
            sourceAddress: sourceAddress,
            userAgent: userAgent,
            secretARN: secretARN,
            requestParameters: requestParameters,
            errorCode: errorCode,
            errorMessage: errorMessage,
            decision: decision,
            isReadOnly: isReadOnly
        )
    }
}
