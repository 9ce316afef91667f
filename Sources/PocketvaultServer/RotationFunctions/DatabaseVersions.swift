internal import AWS
internal import Notation

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
        previous = try DatabaseVersions.openIfUsable(
            .stagingLabel(StagingLabels.previous),
            of: secret,
            vault
        )
        guard users == .alternating, rotation.step == .setSecret else {
            master = nil
            return
        }
        let arn = try current.masterARN()
        guard let other = try DatabaseVersions.neighbour(arn, of: secret, vault) else {
            throw FunctionInvoker.Failure(
                reason: "the member masterarn names no secret of this account"
            )
        }
        do throws(FunctionInvoker.Failure) {
            master = try DatabaseVersions.open(currentLabel, of: other, vault)
        } catch {
            guard !error.isOfVault else { throw error }
            throw FunctionInvoker.Failure(reason: "of the secret in masterarn: \(error.reason)")
        }
    }

    /// A secret by its ARN; nil when there is none, or in another account, whose leave it would need.
    private static func neighbour(
        _ arn: String,
        of secret: Secret,
        _ vault: any VaultReading
    ) throws(FunctionInvoker.Failure) -> Secret? {
        guard let address = try? SecretAddress(arn, from: secret.arn.scope),
            address.scope.account == secret.arn.scope.account
        else { return nil }
        do throws(APIError) {
            return try vault.secret(at: address).flatMap { $0.deletedAt == nil ? $0 : nil }
        } catch {
            throw .vault(error.cause ?? error.code.rawValue)
        }
    }

    private static func openIfUsable(
        _ selector: VersionSelector,
        of secret: Secret,
        _ vault: any VaultReading
    ) throws(FunctionInvoker.Failure) -> DatabaseSecret? {
        do throws(FunctionInvoker.Failure) {
            return try open(selector, of: secret, vault)
        } catch {
            guard !error.isOfVault else { throw error }
            return nil
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
            guard error.code != .internalServiceError else {
                throw .vault(error.cause ?? error.code.rawValue)
            }
            throw FunctionInvoker.Failure(reason: "a version cannot be decrypted")
        }
        return try DatabaseSecret(opened?.value)
    }
}
