internal import AWS

/// The versions of a database's secret that a step of its rotation looks at.
struct DatabaseVersions: Sendable {
    let pending: DatabaseSecret
    let current: DatabaseSecret
    /// Nil when there is none, or none that can be used.
    let previous: DatabaseSecret?
    /// The secret whose role may change passwords of others; nil where it is not needed.
    let master: DatabaseSecret?

    init(
        of secret: Secret,
        _ rotation: Rotation,
        for users: PostgreSQLUsers,
        in vault: any VaultReading
    ) throws(FunctionInvoker.Failure) {
        pending = try DatabaseVersions.open(.id(rotation.versionID), of: secret, vault)
        let currentLabel = VersionSelector.stagingLabel(StagingLabels.current)
        current = try DatabaseVersions.open(currentLabel, of: secret, vault)
        previous = try? DatabaseVersions.open(
            .stagingLabel(StagingLabels.previous),
            of: secret,
            vault
        )
        guard users == .alternating, rotation.step == .setSecret else {
            master = nil
            return
        }
        let arn = try current.masterARN()
        // In another account it would need that account's leave.
        guard let address = try? SecretAddress(arn, from: secret.arn.scope),
            address.scope.account == secret.arn.scope.account,
            let other = try? vault.secret(at: address), other.deletedAt == nil
        else {
            throw FunctionInvoker.Failure(
                reason: "the member masterarn names no secret of this account"
            )
        }
        do throws(FunctionInvoker.Failure) {
            master = try DatabaseVersions.open(currentLabel, of: other, vault)
        } catch {
            throw FunctionInvoker.Failure(reason: "of the secret in masterarn: \(error.reason)")
        }
    }

    private static func open(
        _ selector: VersionSelector,
        of secret: Secret,
        _ vault: any VaultReading
    ) throws(FunctionInvoker.Failure) -> DatabaseSecret {
        let opened: OpenedVersion?
        do throws(APIError) {
            opened = try vault.open(selector, of: secret)
        } catch {
            throw FunctionInvoker.Failure(reason: "a version cannot be decrypted")
        }
        return try DatabaseSecret(opened?.value)
    }
}
