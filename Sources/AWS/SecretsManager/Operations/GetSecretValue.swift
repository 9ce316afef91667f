package import JSON
package import Notation

/// Gives the value of a version, the current one unless another is asked for.
///
/// [GetSecretValue](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html).
/// Errors: ResourceNotFoundException, InvalidRequestException, DecryptionFailure.
package struct GetSecretValue: SecretOperation, ReadOperation {
    package static let action = SecretsManagerAction.getSecretValue

    package let secretID: String?
    private let versionID: String?
    private let versionStage: String?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        versionID = try members.string("VersionId")
        versionStage = try members.string("VersionStage")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        constraints.versionID(versionID)
        constraints.versionStage(versionStage)
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = ownPermission
        permission.set("secretsmanager:VersionId", versionID)
        permission.set("secretsmanager:VersionStage", versionStage)
        return [permission]
    }

    package func furtherNeeds(
        of secret: Secret?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> [FurtherNeed] {
        guard let secret else { return [] }
        guard let version = try vault.version(selector, of: secret) else {
            let key = KeyOfSecret(presentOf: secret, forVersion: KeyOfSecret.noVersion)
            return try key.needs([.decrypt], for: caller, in: vault)
        }
        return try OpeningKey(of: version, of: secret.arn).needs(for: caller, in: vault)
    }

    private var selector: VersionSelector {
        versionID.map(VersionSelector.id) ?? .stagingLabel(versionStage ?? StagingLabels.current)
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let secret = try call.secret
        if let stale = try staleValue(of: secret, call, vault) { return stale }
        var missing: APIError {
            versionID.map(APIError.valueNotFound(versionID:))
                ?? .valueNotFound(stagingLabel: versionStage ?? StagingLabels.current)
        }
        let opened = try vault.open(selector, of: secret) { version throws(APIError) in
            if let versionStage, !version.stagingLabels.contains(versionStage) {
                throw .versionAndLabelDisagree
            }
            return try call.openingKey(of: version, of: secret, in: vault)
        }
        guard let opened else { throw missing }
        guard let value = opened.value else { throw missing }
        return Response(secret: secret, version: opened.version, value: value)
    }

    /// The value that was the current one before, where somebody had changes be seen late.
    private func staleValue(
        of secret: Secret,
        _ call: Call<Secret>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response? {
        guard case .stale(let seconds)? = call.fault?.effect, versionID == nil,
            versionStage ?? StagingLabels.current == StagingLabels.current,
            call.now.milliseconds - secret.lastChangedAt.milliseconds < seconds * 1_000
        else { return nil }
        let label = VersionSelector.stagingLabel(StagingLabels.previous)
        let opened = try vault.open(label, of: secret) { version throws(APIError) in
            try call.openingKey(of: version, of: secret, in: vault)
        }
        guard let opened, let value = opened.value else { return nil }
        let version = opened.version.with(stagingLabels: [StagingLabels.current])
        return Response(secret: secret, version: version, value: value)
    }

    package static func notes(of response: Response, at time: Timestamp) -> [ReadNote] {
        response.access.note(at: time).map { [$0] } ?? []
    }

    /// An object, because it is large and goes from station to station.
    package final class Response: Sendable, JSONWritable {
        let secretID: Int64
        let arn: SecretARN
        let version: SecretVersion
        let value: SecretValue

        init(secret: Secret, version: SecretVersion, value: SecretValue) {
            secretID = secret.id
            arn = secret.arn
            self.version = version
            self.value = value
        }

        var access: LastAccess {
            LastAccess(
                secretID: secretID,
                versionID: version.id,
                lastAccessedAt: version.lastAccessedAt
            )
        }

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", arn.text)
            writer.member("CreatedDate", version.createdAt)
            writer.member("Name", arn.name)
            writer.member(value)
            writer.member("VersionId", version.id)
            if !version.stagingLabels.isEmpty {
                writer.member("VersionStages", version.stagingLabels)
            }
            writer.endObject()
        }
    }
}
