package import JSON

/// Makes a version with a new value and moves staging labels to it, AWSCURRENT unless others are
/// named.
///
/// [PutSecretValue](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html).
/// Errors: ResourceNotFoundException, ResourceExistsException, LimitExceededException,
/// InvalidRequestException, InvalidParameterException, EncryptionFailure.
package struct PutSecretValue: WriteOperation {
    package static let action = Action.putSecretValue

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
            $0.utf8.allSatisfy { SecretName.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
        }
        return constraints.violations
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
        try call.checkKey(of: secret, for: .generateDataKey, .decrypt, in: vault)
        guard let value = try values.value() else { throw .noValue }
        if let rotationToken, let rotation = try vault.rotation(of: secret),
            rotation.token != rotationToken
        {
            throw .rotationTokenOfAnother
        }
        let stored = try vault.open(.id(token), of: secret)
        let before = try vault.stagingLabels(of: secret)
        let labels: StagingLabels
        if let stored, stored.value != nil || before[StagingLabels.pending] != token {
            guard let former = stored.value, former.isSame(as: value) else {
                throw .tokenInUse(token, secretARN: secret.arn.text)
            }
            // A retry of an older call must not roll the secret back: labels that the call did
            // not name stay where they are. One that moves no label changes nothing at all.
            labels =
                try versionStages.map { stages throws(APIError) in
                    try vault.attach(stages, to: token, of: secret, at: call.now)
                } ?? before
            guard labels != before else {
                return Response(
                    secret: secret,
                    versionID: token,
                    stagingLabels: stored.version.stagingLabels
                )
            }
        } else {
            labels = try add(value, as: token, isPlaceholder: stored != nil, secret, call, vault)
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
        _ call: Call,
        _ vault: any VaultWriting
    ) throws(APIError) -> StagingLabels {
        let labels = versionStages ?? [StagingLabels.current]
        guard isPlaceholder else {
            return try vault.addVersion(
                token,
                value: value,
                stagingLabels: labels,
                to: secret,
                at: call.now
            )
        }
        try vault.setValue(value, ofVersion: token, of: secret)
        return try vault.attach(labels, to: token, of: secret, at: call.now)
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
