internal import Notation

/// What becomes of a rotation when a step is over.
///
/// [How rotation works](https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_how.html)
/// The order of steps, the conditions between them, and when a failed rotation is tried again; all
/// follows from what is stored, and nothing here is stored.
package enum RotationSteps {
    /// What the call of the function has come to.
    package enum Outcome: Sendable, Equatable {
        case returned, failed
    }

    /// What the secret looks like when the step is over.
    package struct Circumstances: Sendable {
        let now: Timestamp
        /// Whether the pending version has a value by now.
        let hasValue: Bool
        /// Whether the pending version has become the current one.
        let isCurrent: Bool
        /// When the next window opens; nil when the secret is rotated on demand only.
        let nextOpening: Timestamp?
    }

    package enum Verdict: Sendable, Equatable {
        /// The rotation goes on with its next step.
        case next(Rotation)
        case succeeded
        /// The rotation begins anew with the same version, at the time it says.
        case failed(Rotation, Failure)
        /// A test is not tried again.
        case testFailed
    }

    package enum Failure: Sendable, Equatable {
        case functionFailed(Rotation.Step)
        case versionNotCreated
    }

    /// How often a rotation is tried before it waits for the next window, or for a day. [guess]
    static let attempts = 5

    package static func verdict(
        on rotation: Rotation,
        _ outcome: Outcome,
        _ circumstances: Circumstances
    ) -> Verdict {
        guard outcome == .returned else {
            return failure(of: rotation, .functionFailed(rotation.step), circumstances)
        }
        if rotation.isTest { return .succeeded }
        switch rotation.step {
        case .createSecret:
            guard circumstances.hasValue else {
                return failure(of: rotation, .versionNotCreated, circumstances)
            }
            return .next(rotation.moved(to: .setSecret, at: circumstances.now))
        case .setSecret: return .next(rotation.moved(to: .testSecret, at: circumstances.now))
        case .testSecret: return .next(rotation.moved(to: .finishSecret, at: circumstances.now))
        case .finishSecret:
            guard circumstances.isCurrent else {
                return failure(of: rotation, .functionFailed(.finishSecret), circumstances)
            }
            return .succeeded
        }
    }

    private static func failure(
        of rotation: Rotation,
        _ failure: Failure,
        _ circumstances: Circumstances
    ) -> Verdict {
        guard !rotation.isTest else { return .testFailed }
        var again = rotation
        again.step = .createSecret
        again.finishedAt = [:]
        again.failures += 1
        if again.failures < attempts {
            again.dueAt = circumstances.now.adding(milliseconds: pause(after: again.failures))
        } else {
            // It is tried as often again in the next window, or, on demand only, a day later.
            again.dueAt =
                circumstances.nextOpening
                ?? circumstances.now.adding(milliseconds: Timestamp.millisecondsPerDay)
            again.failures = 0
        }
        return .failed(again, failure)
    }

    /// One second, then four times as long each time. [guess]
    private static func pause(after failures: Int) -> Int64 {
        1_000 << (2 * Int64(failures - 1))
    }
}

extension Rotation {
    fileprivate func moved(to step: Step, at now: Timestamp) -> Rotation {
        var rotation = self
        rotation.finishedAt[self.step] = now
        rotation.step = step
        rotation.dueAt = now
        return rotation
    }
}

extension Timestamp {
    fileprivate func adding(milliseconds more: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds + more)
    }
}
