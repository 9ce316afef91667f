package import JSON

/// Gives the value of a version, the current one unless another is asked for.
///
/// [GetSecretValue](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html).
/// Errors: ResourceNotFoundException, InvalidRequestException, DecryptionFailure.
package struct GetSecretValue: ReadOperation {
    package static let action = Action.getSecretValue

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

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let secret = try call.secret
        try call.checkKey(of: secret, for: .decrypt, in: vault)
        return try Self.read(secret, versionID: versionID, stagingLabel: versionStage, vault)
    }

    /// The reading itself, which BatchGetSecretValue does for each of its secrets.
    static func read(
        _ secret: Secret,
        versionID: String? = nil,
        stagingLabel: String? = nil,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let label = stagingLabel ?? StagingLabels.current
        var missing: APIError {
            versionID.map(APIError.valueNotFound(versionID:)) ?? .valueNotFound(stagingLabel: label)
        }
        let selector = versionID.map(VersionSelector.id) ?? .stagingLabel(label)
        guard let opened = try vault.open(selector, of: secret) else { throw missing }
        if let stagingLabel, !opened.version.stagingLabels.contains(stagingLabel) {
            throw .versionAndLabelDisagree
        }
        guard let value = opened.value else { throw missing }
        return Response(secret: secret, version: opened.version, value: value)
    }

    package static func accesses(in response: Response) -> [VersionAccess] {
        [response.access]
    }

    package struct Response: Sendable, JSONWritable {
        let secret: Secret
        let version: SecretVersion
        let value: SecretValue

        var access: VersionAccess {
            VersionAccess(
                secretID: secret.id,
                versionID: version.id,
                lastAccessedAt: version.lastAccessedAt
            )
        }

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", secret.arn.text)
            writer.member("CreatedDate", version.createdAt)
            writer.member("Name", secret.name)
            writer.member(value)
            writer.member("VersionId", version.id)
            if !version.stagingLabels.isEmpty {
                writer.member("VersionStages", version.stagingLabels)
            }
            writer.endObject()
        }
    }
}
