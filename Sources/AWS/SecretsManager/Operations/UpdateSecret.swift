package import JSON

/// Changes a secret's description or key, and its value by a new version.
///
/// [UpdateSecret](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html).
/// Errors: ResourceNotFoundException, ResourceExistsException, LimitExceededException,
/// InvalidRequestException, InvalidParameterException, EncryptionFailure, DecryptionFailure.
package struct UpdateSecret: WriteOperation {
    package static let action = Action.updateSecret
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
        permission.kmsKeyID = kmsKeyID
        return [permission]
    }

    package func checkBeforeLookup() throws(APIError) {
        guard clientRequestToken != nil else { throw .tokenMissing }
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        guard let token = clientRequestToken else { throw .tokenMissing }
        var secret = try call.secret
        // The key of a replica is its own; all else comes from the primary.
        let changesKeyOnly = kmsKeyID != nil && description == nil && values.isEmpty && type == nil
        guard !secret.isReplica || changesKeyOnly else { throw .writeOnReplica }
        let value = try values.value()
        if value != nil {
            try call.checkKey(of: secret, for: .generateDataKey, .decrypt, in: vault)
        }
        let formerKey = secret.kmsKeyID
        let before = secret
        if let description { secret.description = description }
        if let kmsKeyID {
            secret.kmsKeyID = try vault.storedKmsKeyID(kmsKeyID, in: secret.arn.scope)
        }
        if let type { secret.type = try ExternalSecretType.stored(type) }
        let isRetry = try value.map { value throws(APIError) in
            try isStored(value, as: token, of: secret, vault)
        }
        // A retry changes nothing, not even LastChangedDate.
        if isRetry == true && secret == before {
            return Response(secret: secret, versionID: token)
        }
        secret.touch(at: call.now)
        try vault.update(secret)
        if secret.kmsKeyID != formerKey {
            try call.checkKey(of: secret, for: .generateDataKey, .decrypt, in: vault)
            try reencrypt(secret, vault)
        }
        if let value, isRetry == false {
            let labels = [StagingLabels.current]
            try vault.addVersion(
                token,
                value: value,
                stagingLabels: labels,
                to: secret,
                at: call.now
            )
        }
        return Response(secret: secret, versionID: value == nil ? nil : token)
    }

    private func isStored(
        _ value: SecretValue,
        as token: String,
        of secret: Secret,
        _ vault: any VaultWriting
    ) throws(APIError) -> Bool {
        guard let stored = try vault.open(.id(token), of: secret) else { return false }
        guard let former = stored.value, former.isSame(as: value) else {
            throw .tokenInUse(token, secretARN: secret.arn.text)
        }
        return true
    }

    /// A new key seals the versions that are in use; deprecated ones keep the key they have.
    private func reencrypt(_ secret: Secret, _ vault: any VaultWriting) throws(APIError) {
        let labels = try vault.stagingLabels(of: secret)
        let inUse = [StagingLabels.current, StagingLabels.pending, StagingLabels.previous]
        let versionIDs = Set(inUse.compactMap { labels[$0] })
        try vault.reencryptVersions(versionIDs.sorted(), of: secret)
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
