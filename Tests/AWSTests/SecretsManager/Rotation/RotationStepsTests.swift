import Notation
import Testing

@testable import AWS

private let now = Timestamp(milliseconds: 1_768_471_200_000)
private let nextWeek = now.adding(days: 7)

/// One row: a step that is over, and what becomes of the rotation.
struct StepRow: Sendable, CustomTestStringConvertible {
    let name: String
    var step = Rotation.Step.createSecret
    var isTest = false
    var failures = 0
    var outcome = RotationSteps.Outcome.returned
    var hasValue = true
    var isCurrent = false
    var nextOpening: Timestamp?
    let verdict: RotationSteps.Verdict

    var testDescription: String { name }
}

private func rotation(
    _ step: Rotation.Step,
    failures: Int = 0,
    dueAt: Timestamp? = now,
    isTest: Bool = false,
    after finished: Rotation.Step? = nil
) -> Rotation {
    Rotation(
        versionID: "v",
        token: "t",
        isTest: isTest,
        step: step,
        failures: failures,
        dueAt: dueAt,
        finishedAt: finished.map { [$0: now] } ?? [:]
    )
}

private func again(_ failures: Int, seconds: Int64) -> Rotation {
    rotation(
        .createSecret,
        failures: failures,
        dueAt: Timestamp(milliseconds: now.milliseconds + seconds * 1_000)
    )
}

private let rows = [
    StepRow(
        name: "createSecret, then setSecret",
        verdict: .next(rotation(.setSecret, after: .createSecret))
    ),
    StepRow(
        name: "setSecret, then testSecret",
        step: .setSecret,
        verdict: .next(rotation(.testSecret, after: .setSecret))
    ),
    StepRow(
        name: "testSecret, then finishSecret",
        step: .testSecret,
        verdict: .next(rotation(.finishSecret, after: .testSecret))
    ),
    StepRow(
        name: "after finishSecret it has succeeded",
        step: .finishSecret,
        isCurrent: true,
        verdict: .succeeded
    ),
    StepRow(
        name: "earlier failures are not forgotten on the way",
        step: .setSecret,
        failures: 3,
        verdict: .next(rotation(.testSecret, failures: 3, after: .setSecret))
    ),
    StepRow(
        name: "a function that moved AWSCURRENT too early goes through all steps",
        step: .setSecret,
        isCurrent: true,
        verdict: .next(rotation(.testSecret, after: .setSecret))
    ),
    StepRow(
        name: "a version without a value after createSecret",
        hasValue: false,
        verdict: .failed(again(1, seconds: 1), .versionNotCreated)
    ),
    StepRow(
        name: "a version that is not the current one after finishSecret",
        step: .finishSecret,
        verdict: .failed(again(1, seconds: 1), .functionFailed(.finishSecret))
    ),
    StepRow(
        name: "a failed testSecret begins anew with createSecret",
        step: .testSecret,
        outcome: .failed,
        verdict: .failed(again(1, seconds: 1), .functionFailed(.testSecret))
    ),
    StepRow(
        name: "the second pause is four seconds",
        failures: 1,
        outcome: .failed,
        verdict: .failed(again(2, seconds: 4), .functionFailed(.createSecret))
    ),
    StepRow(
        name: "the fourth pause is 64 seconds",
        step: .setSecret,
        failures: 3,
        outcome: .failed,
        nextOpening: nextWeek,
        verdict: .failed(again(4, seconds: 64), .functionFailed(.setSecret))
    ),
    StepRow(
        name: "after the fifth failure the next window brings five attempts more",
        step: .finishSecret,
        failures: 4,
        outcome: .failed,
        nextOpening: nextWeek,
        verdict: .failed(
            rotation(.createSecret, dueAt: nextWeek),
            .functionFailed(.finishSecret)
        )
    ),
    StepRow(
        name: "after the fifth failure without a schedule the next day brings five attempts more",
        failures: 4,
        outcome: .failed,
        verdict: .failed(
            again(0, seconds: 86_400),
            .functionFailed(.createSecret)
        )
    ),
    StepRow(
        name: "a failure is told before a missing value",
        outcome: .failed,
        hasValue: false,
        verdict: .failed(again(1, seconds: 1), .functionFailed(.createSecret))
    ),
    StepRow(
        name: "a test is one step",
        step: .testSecret,
        isTest: true,
        verdict: .succeeded
    ),
    StepRow(
        name: "a test that failed is not tried again",
        step: .testSecret,
        isTest: true,
        outcome: .failed,
        nextOpening: nextWeek,
        verdict: .testFailed
    ),
]

@Suite("The steps of a rotation")
struct RotationStepsTests {
    @Test("each step ends as the table says", arguments: rows)
    func verdicts(row: StepRow) {
        let rotation = rotation(row.step, failures: row.failures, isTest: row.isTest)
        let circumstances = RotationSteps.Circumstances(
            now: now,
            hasValue: row.hasValue,
            isCurrent: row.isCurrent,
            nextOpening: row.nextOpening
        )
        #expect(RotationSteps.verdict(on: rotation, row.outcome, circumstances) == row.verdict)
    }

    @Test("what begins anew has the times of no step, and what goes on has those of all before")
    func times() {
        let circumstances = RotationSteps.Circumstances(
            now: now.adding(days: 1),
            hasValue: true,
            isCurrent: false,
            nextOpening: nil
        )
        let rotation = rotation(.setSecret, after: .createSecret)
        guard case .next(let next) = RotationSteps.verdict(on: rotation, .returned, circumstances),
            case .failed(let again, _) = RotationSteps.verdict(on: next, .failed, circumstances)
        else {
            Issue.record("The rotation goes another way.")
            return
        }
        #expect(next.finishedAt == [.createSecret: now, .setSecret: now.adding(days: 1)])
        #expect(again.finishedAt == [:])
    }
}
