package import JSON
internal import Notation

/// Stores how a secret is rotated, and begins a rotation of it, or a test of one.
///
/// [RotateSecret](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html).
/// The rotation function is called later, once that is on disk.
/// Errors: ResourceNotFoundException, InvalidRequestException, InvalidParameterException,
/// AccessDeniedException.
package struct RotateSecret: SecretOperation, WriteOperation {
    package static let action = SecretsManagerAction.rotateSecret
    package static let admits: Admission = .serviceOwned

    package let secretID: String?
    private let clientRequestToken: String?
    private let rotationLambdaARN: String?
    private let rotationRules: RotationRulesMembers?
    private let rotateImmediately: Bool
    private let external: ExternalRotationMembers

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        clientRequestToken = try members.string("ClientRequestToken")
        rotationLambdaARN = try members.string("RotationLambdaARN")
        rotationRules = try RotationRulesMembers("RotationRules", from: &members)
        rotateImmediately = try members.boolean("RotateImmediately") ?? true
        external = try ExternalRotationMembers(from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        constraints.clientRequestToken(clientRequestToken)
        constraints.length(of: rotationLambdaARN, 0...2_048, at: "rotationLambdaARN")
        rotationRules?.constrain(&constraints)
        external.constrain(&constraints)
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = ownPermission
        permission.set("secretsmanager:RotationLambdaARN", rotationLambdaARN)
        permission.set("secretsmanager:ModifyRotationRules", rotationRules != nil)
        permission.set("secretsmanager:RotateImmediately", rotateImmediately)
        permission.set("secretsmanager:ExternalSecretRotationRoleArn", external.roleARN)
        guard let rotationLambdaARN else { return [permission] }
        return [permission, Permission("lambda:InvokeFunction", on: .arn(rotationLambdaARN))]
    }

    package func checkBeforeLookup() throws(APIError) {
        guard clientRequestToken != nil else { throw .rotationTokenMissing }
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        guard let token = clientRequestToken else { throw .rotationTokenMissing }
        var secret = try call.secret
        let configuration = try configuration(of: secret, at: call.now, vault)
        let labels = try vault.stagingLabels(of: secret)
        let isPending = labels[StagingLabels.pending] == token
        if isPending, labels[StagingLabels.current] == token {
            // The same call again, after its answer was lost and the rotation has succeeded.
            return Response(secret: secret, versionID: token)
        }
        if !isPending { try checkVersions(token, labels, secret, vault) }
        try checkFunction(of: configuration, call)
        try vault.setRotationConfiguration(configuration, of: secret)
        // What goes on already goes on; what has failed begins anew, with the same version.
        let rotation = try vault.rotation(of: secret)
        if rotation?.versionID != token || rotation?.failures != 0 {
            if !rotateImmediately { try checkCopy(of: secret, call, vault) }
            try RotationStart(of: secret, versionID: token, isTest: !rotateImmediately)
                .run(at: call.now, call.randomness, in: vault)
        }
        secret.touch(at: call.now)
        try vault.update(secret)
        return Response(secret: secret, versionID: token)
    }

    /// The stored configuration with what the request changes of it.
    private func configuration(
        of secret: Secret,
        at now: Timestamp,
        _ vault: any VaultWriting
    ) throws(APIError) -> RotationConfiguration {
        var configuration = try vault.rotationConfiguration(of: secret) ?? RotationConfiguration()
        let rules = try rotationRules?.rules(over: configuration.rules)
        let lambdaARN = rotationLambdaARN.flatMap { $0.isEmpty ? nil : $0 }
        if secret.owningService != nil {
            guard lambdaARN == nil else { throw .functionOfManagedSecret }
            guard external.isEmpty else { throw .notAnExternalSecret }
        } else if secret.type != nil {
            guard lambdaARN == nil else { throw .functionOfExternalSecret }
            configuration.external = external.rotation(over: configuration.external)
            guard configuration.external != nil else { throw .noExternalRotationRole }
        } else {
            guard external.isEmpty else { throw .notAnExternalSecret }
            configuration.lambdaARN = lambdaARN ?? configuration.lambdaARN
            guard configuration.lambdaARN != nil else { throw .noRotationFunction }
        }
        if let rules { configuration.setRules(rules, at: now) }
        configuration.enable(at: now)
        return configuration
    }

    /// The version must be a new one, and no other may be pending.
    private func checkVersions(
        _ token: String,
        _ labels: StagingLabels,
        _ secret: Secret,
        _ vault: any VaultWriting
    ) throws(APIError) {
        let pending = labels[StagingLabels.pending]
        guard pending == nil || pending == labels[StagingLabels.current] else {
            throw .previousRotationIncomplete
        }
        guard try !vault.versions(of: secret).contains(where: { $0.id == token }) else {
            throw .tokenInUse(token, secretARN: secret.arn.text)
        }
    }

    /// A test begins with a copy of the current version.
    ///
    /// Where that is not under the key that the copy will be under, a caller who may not decrypt it
    /// could read it there.
    private func checkCopy(
        of secret: Secret,
        _ call: Call<Secret>,
        _ vault: any VaultWriting
    ) throws(APIError) {
        let current = VersionSelector.stagingLabel(StagingLabels.current)
        guard let version = try vault.version(current, of: secret),
            version.hasValue, try !version.isUnder(SealingKey.kmsKeyID(of: secret, in: vault))
        else { return }
        _ = try call.openingKey(of: version, of: secret, in: vault)
    }

    private func checkFunction(
        of configuration: RotationConfiguration,
        _ call: Call<Secret>
    ) throws(APIError) {
        if let role = configuration.external?.roleARN {
            guard call.functions.canInvoke(role) else { throw .cannotAssumeRole(role) }
        } else if let function = configuration.lambdaARN {
            guard call.functions.canInvoke(function) else { throw .cannotInvokeFunction }
        }
    }

    package struct Response: Sendable, JSONWritable {
        let secret: Secret
        let versionID: String

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", secret.arn.text)
            writer.member("Name", secret.name)
            writer.member("VersionId", versionID)
            writer.endObject()
        }
    }
}
