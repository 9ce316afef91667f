package import JSON
internal import Notation

/// Schedules a secret for deletion, or deletes it at once when forced.
///
/// [DeleteSecret](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html).
/// Errors: ResourceNotFoundException, InvalidRequestException, InvalidParameterException.
package struct DeleteSecret: SecretOperation, WriteOperation {
    package static let action = SecretsManagerAction.deleteSecret
    package static let admits: Admission = [.scheduled, .unknown]

    package let secretID: String?
    private let recoveryWindowInDays: Int64?
    private let forceDeleteWithoutRecovery: Bool?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        recoveryWindowInDays = try members.long("RecoveryWindowInDays")
        forceDeleteWithoutRecovery = try members.boolean("ForceDeleteWithoutRecovery")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = ownPermission
        permission.set("secretsmanager:ForceDeleteWithoutRecovery", forceDeleteWithoutRecovery)
        permission.set("secretsmanager:RecoveryWindowInDays", recoveryWindowInDays)
        return [permission]
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        if let secret = call.located, secret.hasReplicas {
            throw .hasReplicas(secret.arn, try vault.replicas(of: secret).map(\.region))
        }
        if let secret = call.located,
            try vault.crossAccountReplica(of: secret)?.status.isAssociated == true
        {
            throw .hasCrossAccountReplica(secret.arn)
        }
        if forceDeleteWithoutRecovery == true {
            guard recoveryWindowInDays == nil else { throw .forceWithRecoveryWindow }
            return try deleteNow(call, vault)
        }
        var secret = try call.secret
        guard secret.deletedAt == nil else { throw .scheduledForDeletion }
        let windowDays = recoveryWindowInDays ?? 30
        guard (7...30).contains(windowDays) else { throw .recoveryWindowOutOfRange }
        let end = call.now.adding(days: windowDays)
        secret.scheduleDeletion(at: call.now, purgeAt: end)
        try vault.update(secret)
        try ServiceEvent.record(
            .startSecretVersionDelete,
            forVersionsOf: secret,
            at: call.now,
            in: vault
        )
        return Response(arn: secret.arn.text, name: secret.name, deletionDate: end)
    }

    /// Forced deletion succeeds even for a secret that is not there: with an ARN made up for it.
    private func deleteNow(_ call: Call<Secret>, _ vault: any VaultWriting) throws(APIError)
        -> Response
    {
        if let secret = call.located {
            try Purge(of: secret).run(at: call.now, in: vault)
            return Response(arn: secret.arn.text, name: secret.name, deletionDate: call.now)
        }
        let sent = secretID ?? ""
        switch try SecretAddress(sent, from: call.caller.scope) {
        case .arn(let arn, _):
            let resource = ARN(arn)?.resource.dropFirst("secret:".utf8.count) ?? ""
            let name = resource.dropLast(SecretARN.suffixLength + 1)
            return Response(arn: arn, name: String(name), deletionDate: call.now)
        case .name(let name, let scope):
            var randomness = call.randomness
            let suffix = SecretARN.makeSuffix(using: &randomness)
            let arn = SecretARN(scope: scope, name: name, suffix: suffix)
            return Response(arn: arn.text, name: name, deletionDate: call.now)
        }
    }

    package static func responseElements(of response: Response) -> String? {
        var writer = JSONWriter()
        writer.beginObject()
        let date = CalendarTime.secondsText(of: response.deletionDate)
        writer.member("deletionDate", date)
        writer.member("name", response.name)
        writer.member("arn", response.arn)
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    package struct Response: Sendable, JSONWritable {
        let arn: String
        let name: String
        let deletionDate: Timestamp

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", arn)
            writer.member("DeletionDate", deletionDate)
            writer.member("Name", name)
            writer.endObject()
        }
    }
}
