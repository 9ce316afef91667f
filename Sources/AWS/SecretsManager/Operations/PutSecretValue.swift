package import JSON
internal import Notation

/// Makes a version with a new value and moves staging labels to it, AWSCURRENT unless others are
/// named.
///
/// [PutSecretValue](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html).
/// Errors: ResourceNotFoundException, ResourceExistsException, LimitExceededException,
/// InvalidRequestException, InvalidParameterException, EncryptionFailure.
package struct PutSecretValue: SecretOperation, WriteOperation {
    package static let action = SecretsManagerAction.putSecretValue

    package let secretID: String?
    private let clientRequestToken: String?
    private let values: ValueMembers
    private let versionStages: [String]?
    private let rotationToken: String?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        clientRequestToken = try members.string("ClientRequestToken")
        values = try ValueMembers(from: &members)
        versionStages = try members.strings("VersionStages")
        rotationToken = try members.sensitiveString("RotationToken")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        constraints.clientRequestToken(clientRequestToken)
        values.constrain(&constraints)
        constraints.count(of: versionStages, 1...20, at: "versionStages")
        constraints.elements(
            of: versionStages,
            [
                "Member must have length less than or equal to 256",
                "Member must have length greater than or equal to 1",
            ],
            at: "versionStages"
        ) { (1...256).contains($0.utf16.count) }
        constraints.length(of: rotationToken, 36...256, at: "rotationToken", .hidden)
        constraints.pattern(rotationToken, "^[a-zA-Z0-9\\-]+$", at: "rotationToken", .hidden) {
            $0.utf8.allSatisfy { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
        }
        return constraints.violations
    }

    /// Of the key that the version was sealed under, when there is one of the token.
    package func furtherNeeds(
        of secret: Secret?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> [FurtherNeed] {
        guard let secret else { return [] }
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
        guard let value = try values.value() else { throw .noValue }
        if let rotationToken, let rotation = try vault.rotation(of: secret),
            rotation.token != rotationToken
        {
            throw .rotationTokenOfAnother
        }
        let repeated = try RepeatedToken(token, of: secret, by: call.requester, in: vault)
        var change = try StagingLabelChange(of: secret, in: vault)
        let labels: StagingLabels
        if let repeated, !repeated.isPlaceholder || change.labels[StagingLabels.pending] != token {
            try repeated.requireSame(value)
            // A retry of an older call must not roll the secret back: labels that the call did
            // not name stay where they are. One that moves no label changes nothing at all.
            if let versionStages { try change.put(versionStages, on: token) }
            guard change.movesAny else {
                return Response(
                    secret: secret,
                    versionID: token,
                    stagingLabels: repeated.version.stagingLabels
                )
            }
            try change.make(at: call.now, in: vault)
            labels = change.labels
        } else {
            labels = try add(value, as: token, isPlaceholder: repeated != nil, secret, call, vault)
        }
        secret.touch(at: call.now)
        try vault.update(secret)
        return Response(
            secret: secret,
            versionID: token,
            stagingLabels: labels.labels(of: token)
        )
    }

    /// Makes the version, or fills the one that a rotation made empty.
    private func add(
        _ value: SecretValue,
        as token: String,
        isPlaceholder: Bool,
        _ secret: Secret,
        _ call: Call<Secret>,
        _ vault: any VaultWriting
    ) throws(APIError) -> StagingLabels {
        let labels = versionStages ?? [StagingLabels.current]
        guard isPlaceholder else {
            return try NewVersion(id: token, value: value, stagingLabels: labels)
                .add(to: secret, at: call.now, by: call.requester, in: vault)
        }
        let content = try VersionContent(
            value,
            ofVersion: token,
            of: secret,
            at: call.now,
            by: call.requester,
            in: vault
        )
        try vault.setContent(content, ofVersion: token, of: secret)
        var change = try StagingLabelChange(of: secret, in: vault)
        try change.put(labels, on: token)
        try change.make(at: call.now, in: vault)
        return change.labels
    }

    package struct Response: Sendable, JSONWritable {
        let secret: Secret
        let versionID: String
        let stagingLabels: [String]

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", secret.arn.text)
            writer.member("Name", secret.name)
            writer.member("VersionId", versionID)
            writer.member("VersionStages", stagingLabels)
            writer.endObject()
        }
    }
}
