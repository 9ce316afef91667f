package import JSON
internal import Notation

/// Changes a secret's description or key, and its value by a new version.
///
/// [UpdateSecret](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html).
/// Errors: ResourceNotFoundException, ResourceExistsException, LimitExceededException,
/// InvalidRequestException, InvalidParameterException, EncryptionFailure, DecryptionFailure.
package struct UpdateSecret: SecretOperation, WriteOperation {
    package static let action = SecretsManagerAction.updateSecret
    package static let admits: Admission = .replica

    package let secretID: String?
    private let clientRequestToken: String?
    private let description: String?
    private let kmsKeyID: String?
    private let values: ValueMembers
    private let type: String?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        clientRequestToken = try members.string("ClientRequestToken")
        description = try members.string("Description")
        kmsKeyID = try members.string("KmsKeyId")
        values = try ValueMembers(from: &members)
        type = try members.string("Type")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        constraints.clientRequestToken(clientRequestToken)
        constraints.description(description)
        constraints.kmsKeyID(kmsKeyID)
        values.constrain(&constraints)
        constraints.length(of: type, 0...256, at: "type")
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = ownPermission
        permission.set("secretsmanager:Description", description)
        permission.set("secretsmanager:Type", type)
        permission.lateConditions = RequestedKeyConditions(kmsKeyID)
        return [permission]
    }

    /// Of the key that the request names, or else of the one that the version was sealed under.
    package func furtherNeeds(
        of secret: Secret?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> [FurtherNeed] {
        guard let secret else { return [] }
        if let kmsKeyID {
            return try NamedKey(kmsKeyID, of: secret.arn).needs(for: caller, in: vault)
        }
        guard try values.werePresent(as: clientRequestToken, of: secret, vault) else { return [] }
        let key = try KeyOfSecret(sealing: clientRequestToken, of: secret, vault)
        return try key.needs([.generateDataKey], for: caller, in: vault)
    }

    package func checkBeforeLookup() throws(APIError) {
        guard clientRequestToken != nil else { throw .tokenMissing }
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        guard let token = clientRequestToken else { throw .tokenMissing }
        var secret = try call.secret
        // The key of a replica is its own; all else comes from the primary.
        let changesKeyOnly = kmsKeyID != nil && description == nil && values.isEmpty && type == nil
        guard !secret.isReplica || changesKeyOnly else { throw .writeOnReplica }
        let value = try values.value()
        let before = secret
        if let description { secret.description = description }
        if let kmsKeyID {
            secret.kmsKeyID = try NamedKey(kmsKeyID, of: secret.arn)
                .stored(by: call.requester, in: vault)
        }
        if let type { secret.type = try ExternalSecretType.stored(type) }
        var isRetry = false
        if let value,
            let repeated = try RepeatedToken(token, of: secret, by: call.requester, in: vault)
        {
            try repeated.requireSame(value)
            isRetry = true
        }
        // A retry changes nothing, not even LastChangedDate.
        if isRetry && secret == before {
            return Response(secret: secret, versionID: token)
        }
        secret.touch(at: call.now)
        try vault.update(secret)
        if secret.kmsKeyID != before.kmsKeyID {
            try KeyAddition(to: secret).run(at: call.now, by: call.requester, in: vault)
        }
        if let value, !isRetry {
            try NewVersion(id: token, value: value, stagingLabels: [StagingLabels.current])
                .add(to: secret, at: call.now, by: call.requester, in: vault)
        }
        return Response(secret: secret, versionID: value == nil ? nil : token)
    }

    package struct Response: Sendable, JSONWritable {
        let secret: Secret
        let versionID: String?

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", secret.arn.text)
            writer.member("Name", secret.name)
            writer.member("VersionId", versionID)
            writer.endObject()
        }
    }
}
