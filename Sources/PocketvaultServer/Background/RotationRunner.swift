internal import AWS
internal import Logging
internal import Notation
internal import Storage

/// Rotates secrets: begins what a schedule asks for, and calls rotation functions step by step.
///
/// One step at a time, for local hosts of functions serve one call at a time. The step that comes
/// next is on disk before its function is called, and what came of it before the one after it is.
struct RotationRunner: BackgroundWork {
    let road: Road
    let functions: RotationFunctionList
    let invoker: FunctionInvoker
    let faults: FaultRules
    let randomness: Randomness
    let logger: Logger

    func nextTime() throws -> Timestamp? {
        guard invoker.isReady else { return nil }
        return try next()?.time
    }

    func runNext(at now: Timestamp) throws -> [FiredWork] {
        guard let due = try next(), due.time <= now else { return [] }
        guard let rotation = due.rotation else { return try begin() }
        let secret = due.secret
        if let fault = faults.failure(ofStep: rotation.step.rawValue, of: secret) {
            log("a fault rule says so", rotation, secret)
            return try finish(rotation, of: secret, by: fault) { _, _, _ in .failed }
        }
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
            // That is no failure of the function's, and counts for none.
            guard !error.isOfVault else { throw VaultFailure(error.reason) }
            log(error.reason, rotation, secret)
            outcome = .failed
        }
        if outcome == .returned, let builtIn { return try run(builtIn, rotation, of: secret) }
        return try finish(rotation, of: secret) { [outcome] _, _, _ in outcome }
    }

    func cancel() {
        invoker.cancel()
    }

    private func next() throws -> DueRotation? {
        try road.vault.reading { vault throws(APIError) in
            try vault.nextRotation()
        }
    }

    private func begin() throws -> [FiredWork] {
        try road.workAndWait { vault, now throws(APIError) in
            // Looked up again, here in the lane: it may have been rotated or cancelled.
            guard let due = try vault.nextRotation(), due.rotation == nil, due.time <= now else {
                return nil
            }
            return due.secret
        } change: { [randomness] (secret: Secret, vault, now) throws(APIError) in
            try ScheduledRotation(of: secret).begin(at: now, randomness, in: vault)
                .map(FiredWork.init)
        } ?? []
    }

    /// The ARN of what rotates a secret, and where that is.
    private func target(
        of secret: Secret
    ) throws(FunctionInvoker.Failure) -> (arn: String, target: RotationTarget) {
        // The service that owns a secret is not here to rotate it.
        guard secret.owningService == nil else { return ("", .builtIn(.automatic)) }
        let configuration: RotationConfiguration?
        do throws(APIError) {
            configuration = try road.vault.reading { vault throws(APIError) in
                try vault.rotationConfiguration(of: secret)
            }
        } catch {
            throw .vault(error.cause ?? error.code.rawValue)
        }
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
            versions = try road.vault.read { vault in
                Result { () throws(FunctionInvoker.Failure) in
                    try DatabaseVersions(of: secret, rotation, for: users, in: vault)
                }
            }
        } catch {
            throw .vault(error.description)
        }
        try invoker.run(users, try versions.get(), rotation.step)
    }

    /// The step and what comes of it, in one transaction.
    private func run(
        _ builtIn: BuiltInRotation,
        _ rotation: Rotation,
        of secret: Secret
    ) throws -> [FiredWork] {
        try finish(rotation, of: secret) { [randomness] vault, secret, now throws(APIError) in
            do throws(APIError) {
                try vault.atomically { vault throws(APIError) in
                    try builtIn.perform(
                        rotation,
                        of: secret,
                        vault,
                        at: now,
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
        by fault: String? = nil,
        _ outcome:
            @escaping @Sendable (any VaultWriting, Secret, Timestamp) throws(APIError) ->
            RotationSteps.Outcome
    ) throws -> [FiredWork] {
        try road.workAndWait { vault, _ throws(APIError) in
            // As it is now: the function has changed it, or somebody else has.
            let address = SecretAddress.arn(secret.arn.text, secret.arn.scope)
            guard let secret = try vault.secret(at: address),
                try vault.rotation(of: secret) == rotation
            else { return nil }
            return secret
        } change: { (secret: Secret, vault, now) throws(APIError) in
            let outcome = try outcome(vault, secret, now)
            return try FinishedStep(rotation, of: secret, outcome, by: fault)
                .store(at: now, in: vault)
                .map(FiredWork.init)
        } ?? []
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
