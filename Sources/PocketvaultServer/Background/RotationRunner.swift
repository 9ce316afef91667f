internal import AWS
internal import Logging

/// Rotates secrets: begins what a schedule asks for, and calls rotation functions step by step.
///
/// One step at a time, for local hosts of functions serve one call at a time. The step that comes
/// next is on disk before its function is called, and what came of it before the one after it is.
struct RotationRunner: BackgroundWork {
    let vault: any Vault
    let functions: RotationFunctionList
    let invoker: FunctionInvoker
    let clock: VaultClock
    let randomness: Randomness
    let logger: Logger

    func nextTime() throws -> Timestamp? {
        guard invoker.isReady else { return nil }
        return try next()?.time
    }

    func runNext(at now: Timestamp) throws -> [FiredWork] {
        guard let due = try next(), due.time <= now else { return [] }
        guard let rotation = due.rotation else { return try begin(at: now) }
        let secret = due.secret
        var outcome = RotationSteps.Outcome.returned
        var builtIn: BuiltInRotation?
        do throws(FunctionInvoker.Failure) {
            switch try target(of: secret) {
            case (_, .builtIn(let kind)):
                builtIn = kind
                try changeDatabase(kind, rotation, of: secret)
            case (let arn, let target):
                let event = RotationEvent(secretARN: secret.arn, rotation: rotation)
                try invoker.invoke(arn, at: target, event)
            }
        } catch {
            guard !error.isCancelled else { return [] }
            log(error.reason, rotation, secret)
            outcome = .failed
        }
        if outcome == .returned, let builtIn { return try run(builtIn, rotation, of: secret) }
        return try finish(rotation, of: secret) { [outcome] _, _ in outcome }
    }

    func cancel() {
        invoker.cancel()
    }

    private func next() throws -> DueRotation? {
        try vault.read { vault in
            Result { () throws(APIError) in try vault.nextRotation() }
        }.get()
    }

    private func begin(at now: Timestamp) throws -> [FiredWork] {
        try vault.writeAndWait { [randomness] vault throws(APIError) in
            // Looked up again, here in the lane: it may have been rotated or cancelled.
            guard let due = try vault.nextRotation(), due.rotation == nil, due.time <= now else {
                return []
            }
            let events = try vault.beginScheduledRotation(
                of: due.secret,
                at: now,
                randomness: randomness
            )
            try vault.updateReplicas(afterChangeOf: due.secret)
            return events.map(FiredWork.init)
        }
    }

    /// The ARN of what rotates a secret, and where that is.
    private func target(
        of secret: Secret
    ) throws(FunctionInvoker.Failure) -> (arn: String, target: RotationTarget) {
        // The service that owns a secret is not here to rotate it.
        guard secret.owningService == nil else { return ("", .builtIn(.automatic)) }
        let configuration = try? vault.read { vault in
            Result { () throws(APIError) in try vault.rotationConfiguration(of: secret) }
        }.get()
        guard let arn = configuration?.external?.roleARN ?? configuration?.lambdaARN else {
            throw FunctionInvoker.Failure(reason: "the secret has no rotation function")
        }
        guard let target = functions.target(of: arn) else {
            throw FunctionInvoker.Failure(
                reason: "nothing says where the function is; start with --rotation-function"
            )
        }
        return (arn, target)
    }

    /// Does what a step has to do outside the vault, and not in its transaction.
    private func changeDatabase(
        _ builtIn: BuiltInRotation,
        _ rotation: Rotation,
        of secret: Secret
    ) throws(FunctionInvoker.Failure) {
        guard case .postgreSQL(let users) = builtIn.kind,
            rotation.step == .setSecret || rotation.step == .testSecret
        else { return }
        let versions: Result<DatabaseVersions, FunctionInvoker.Failure>
        do throws(VaultFailure) {
            versions = try vault.read { vault in
                Result { () throws(FunctionInvoker.Failure) in
                    try DatabaseVersions(of: secret, rotation, for: users, in: vault)
                }
            }
        } catch {
            throw FunctionInvoker.Failure(reason: "the vault cannot be read")
        }
        try invoker.run(users, try versions.get(), rotation.step)
    }

    /// The step and what comes of it, in one transaction.
    private func run(
        _ builtIn: BuiltInRotation,
        _ rotation: Rotation,
        of secret: Secret
    ) throws -> [FiredWork] {
        try finish(rotation, of: secret) { [randomness] vault, secret throws(APIError) in
            do throws(APIError) {
                try vault.atomically { vault throws(APIError) in
                    try builtIn.perform(
                        rotation,
                        of: secret,
                        vault,
                        at: clock.now(),
                        randomness: randomness
                    )
                }
                return .returned
            } catch {
                guard error.code != .internalServiceError else { throw error }
                log(error.message ?? error.code.rawValue, rotation, secret)
                return .failed
            }
        }
    }

    private func finish(
        _ rotation: Rotation,
        of secret: Secret,
        _ outcome:
            @escaping @Sendable (any VaultWriting, Secret) throws(APIError) -> RotationSteps.Outcome
    ) throws -> [FiredWork] {
        try vault.writeAndWait { [clock] vault throws(APIError) in
            // As it is now: the function has changed it, or somebody else has.
            let address = SecretAddress.arn(secret.arn.text, secret.arn.scope)
            guard let secret = try vault.secret(at: address),
                try vault.rotation(of: secret) == rotation
            else { return [] }
            let outcome = try outcome(vault, secret)
            let events = try vault.finish(rotation, of: secret, outcome, at: clock.now())
            try vault.updateReplicas(afterChangeOf: secret)
            return events.map(FiredWork.init)
        }
    }

    private func log(_ reason: String, _ rotation: Rotation, _ secret: Secret) {
        logger.warning(
            "A rotation function failed.",
            metadata: [
                "secret": "\(secret.arn.text)", "step": "\(rotation.step.rawValue)",
                "reason": "\(reason)",
            ]
        )
    }
}
