package import Notation

/// One rotation of a secret, from its beginning to the end of its last step.
///
/// It is stored with the step that comes next, before the rotation function is called, so that a
/// server that was killed goes on where it was. A step may therefore run twice, which the
/// functions that AWS publishes allow for.
package struct Rotation: Sendable, Equatable {
    /// What the rotation function is called for, in this order.
    package enum Step: String, Sendable, CaseIterable {
        case createSecret, setSecret, testSecret, finishSecret
    }

    /// The version that becomes the current one: the ClientRequestToken of every step.
    package let versionID: String
    /// The RotationToken of every step.
    package let token: String
    /// Whether only testSecret is called, on a copy of the current value: RotateSecret without
    /// RotateImmediately.
    package let isTest: Bool
    /// The step that comes next.
    package var step: Step
    /// How many attempts have failed since the rotation began or its window opened.
    package var failures: Int
    /// When the step is due; nil when nothing but a call can bring the rotation on.
    package var dueAt: Timestamp?
    /// When the steps of this attempt that are over were over.
    package var finishedAt: [Step: Timestamp]

    package init(
        versionID: String,
        token: String,
        isTest: Bool,
        step: Step,
        failures: Int,
        dueAt: Timestamp?,
        finishedAt: [Step: Timestamp] = [:]
    ) {
        self.versionID = versionID
        self.token = token
        self.isTest = isTest
        self.step = step
        self.failures = failures
        self.dueAt = dueAt
        self.finishedAt = finishedAt
    }

    /// A rotation that begins now.
    init(versionID: String, token: String, isTest: Bool, at now: Timestamp) {
        self.init(
            versionID: versionID,
            token: token,
            isTest: isTest,
            step: isTest ? .testSecret : .createSecret,
            failures: 0,
            dueAt: now
        )
    }
}
