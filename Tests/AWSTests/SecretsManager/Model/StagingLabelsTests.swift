import AWS
import Testing

/// One row of the label machine: where the labels are, what is called, where they are then.
struct Transition: Sendable, CustomTestStringConvertible {
    enum Step: Sendable {
        case put([String], on: String)
        case move(String, to: String)
        case detach(String)
    }

    let name: String
    let start: [String: [String]]
    let step: Step
    let end: [String: [String]]

    var testDescription: String { name }
}

private let current = StagingLabels.current
private let previous = StagingLabels.previous
private let pending = StagingLabels.pending

private let transitions = [
    Transition(
        name: "T1, T2: the first value is current",
        start: [:],
        step: .put([current], on: "v1"),
        end: ["v1": [current]]
    ),
    Transition(
        name: "T3: a second value makes the first one previous",
        start: ["v1": [current]],
        step: .put([current], on: "v2"),
        end: ["v1": [previous], "v2": [current]]
    ),
    Transition(
        name: "T4: a third value leaves the first one without a label",
        start: ["v1": [previous], "v2": [current]],
        step: .put([current], on: "v3"),
        end: ["v2": [previous], "v3": [current]]
    ),
    Transition(
        name: "T5: a pending value leaves the current one alone",
        start: ["v1": [current]],
        step: .put([pending], on: "v2"),
        end: ["v1": [current], "v2": [pending]]
    ),
    Transition(
        name: "T6: promoting a pending version leaves it pending too",
        start: ["v1": [current], "v2": [pending]],
        step: .move(current, to: "v2"),
        end: ["v1": [previous], "v2": [current, pending]]
    ),
    Transition(
        name: "T7: a put takes AWSPENDING off the version that loses AWSCURRENT",
        start: ["v1": [previous], "v2": [current, pending]],
        step: .put([current], on: "v3"),
        end: ["v2": [previous], "v3": [current]]
    ),
    Transition(
        name: "T8: a pending put takes AWSPENDING from the current version",
        start: ["v1": [previous], "v2": [current, pending]],
        step: .put([pending], on: "v3"),
        end: ["v1": [previous], "v2": [current], "v3": [pending]]
    ),
    Transition(
        name: "T9: promoting moves AWSPREVIOUS from its former holder",
        start: ["v1": [previous], "v2": [current], "v3": [pending]],
        step: .move(current, to: "v3"),
        end: ["v2": [previous], "v3": [current, pending]]
    ),
    Transition(
        name: "T10: a put may name AWSCURRENT beside labels of one's own",
        start: ["v1": [current]],
        step: .put([current, "x"], on: "v2"),
        end: ["v1": [previous], "v2": [current, "x"]]
    ),
    Transition(
        name: "T11: promoting keeps the labels of the promoted version",
        start: ["v1": [current], "v2": [pending, "a", "b"]],
        step: .move(current, to: "v2"),
        end: ["v1": [previous], "v2": [current, pending, "a", "b"]]
    ),
    Transition(
        name: "T12: labels of one's own stay on the version that loses AWSCURRENT",
        start: ["v2": [current, "a", "b"], "v3": [pending, "c"]],
        step: .move(current, to: "v3"),
        end: ["v2": [previous, "a", "b"], "v3": [current, pending, "c"]]
    ),
    Transition(
        name: "T13: a put takes the labels it names from the version that has them",
        start: ["v1": [current], "v2": ["one", "two", "three"]],
        step: .put(["one", "two", "four"], on: "v3"),
        end: ["v1": [current], "v2": ["three"], "v3": ["four", "one", "two"]]
    ),
    Transition(
        name: "T14: a version that loses all its labels is deprecated",
        start: ["v1": [current], "v2": ["one", "two", "three"]],
        step: .put(["one", "two", "three", "four"], on: "v3"),
        end: ["v1": [current], "v3": ["one", "two", "three", "four"]]
    ),
    Transition(
        name: "T15: removing AWSPENDING leaves AWSPREVIOUS alone",
        start: ["v1": [previous], "v2": [current, pending]],
        step: .detach(pending),
        end: ["v1": [previous], "v2": [current]]
    ),
    Transition(
        name: "T16: a put during a rotation takes AWSPENDING off the pending version",
        start: ["v1": [current], "v2": [pending]],
        step: .put([current], on: "v3"),
        end: ["v1": [previous], "v3": [current]]
    ),
    Transition(
        name: "T17: rolling back swaps AWSCURRENT and AWSPREVIOUS",
        start: ["v1": [previous], "v2": [current]],
        step: .move(current, to: "v1"),
        end: ["v1": [current], "v2": [previous]]
    ),
    Transition(
        name: "T18: a label of one's own leaves AWSCURRENT and AWSPREVIOUS alone",
        start: ["v0": [previous], "v1": [current]],
        step: .put(["x"], on: "v2"),
        end: ["v0": [previous], "v1": [current], "v2": ["x"]]
    ),
    Transition(
        name: "AWSCURRENT cannot be detached",
        start: ["v1": [current]],
        step: .detach(current),
        end: ["v1": [current]]
    ),
]

@Suite("Staging labels")
struct StagingLabelsTests {
    @Test("each transition ends where AWS ends", arguments: transitions)
    func transition(_ row: Transition) {
        var labels = row.start.attached
        switch row.step {
        case .put(let names, let versionID): labels.put(names, on: versionID)
        case .move(let label, let versionID): labels.move(label, to: versionID)
        case .detach(let label): labels.detach(label)
        }
        #expect(labels == row.end.attached)
    }

    @Test(
        "C25, C94: the labels of a version come in the order in which AWS was recorded to give them",
        arguments: [
            ["REPLAY", current], [previous, "REPLAY"], ["BLUE", current], [previous, "BLUE"],
            [previous, "CUSTOM"], [current, pending], ["other", "allowed"],
            ["allowed", "forbidden"],
            [
                "1", "bad/stage", current, "fixture-stage-xxxxxxxxxxxxxxxxxx",
                "abcdefab-abcd-abcd-abcd-abcdefabcdef", "bad:stage", "stable._-",
            ],
        ]
    )
    func order(recorded: [String]) {
        var labels = StagingLabels()
        labels.put([current], on: "v1")
        labels.put(recorded, on: "v1")
        #expect(labels.labels(of: "v1").filter(recorded.contains) == recorded)
        #expect(labels.labels(of: "v2").isEmpty)
    }

    @Test("C25: labels that share a place in AWS's order stay in the order in which they came")
    func ties() {
        for sent in [["CUSTOM", "REPLAY"], ["REPLAY", "CUSTOM"]] {
            var labels = StagingLabels()
            labels.put([current] + sent, on: "v1")
            #expect(labels.labels(of: "v1") == sent + [current])
        }
    }
}

extension [String: [String]] {
    /// Labels by version as the vault keeps them.
    fileprivate var attached: StagingLabels {
        StagingLabels(
            flatMap { versionID, labels in
                labels.map { StagingLabels.Attachment(label: $0, versionID: versionID) }
            }
        )
    }
}
