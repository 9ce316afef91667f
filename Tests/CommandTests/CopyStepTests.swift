import Client
import JSON
import Testing

@testable import pocketvault

@Suite("What a copy changes")
struct CopyStepTests {
    private func secret(
        _ labels: [String: String],
        others: Set<String> = [],
        description: String = "",
        tags: [(key: String, value: String)] = [],
        policy: String? = nil,
        rotation: CopiedSecret.Rotation? = nil
    ) -> CopiedSecret {
        CopiedSecret(
            name: "a",
            arn: "arn",
            description: description,
            kmsKeyID: nil,
            tags: tags,
            labels: labels,
            versionIDs: others.union(labels.values),
            policy: policy,
            rotation: rotation
        )
    }

    private func texts(_ source: CopiedSecret, _ target: CopiedSecret?) -> [String] {
        CopyStep.steps(from: source, to: target).map(\.text)
    }

    @Test func `A new secret gets its previous version first, and its own labels last`() {
        let source = secret(["AWSCURRENT": "2", "AWSPREVIOUS": "1", "MINE": "1", "OTHER": "3"])
        let steps = CopyStep.steps(from: source, to: nil)
        #expect(
            steps.map(\.text) == ["version 1", "version 2", "version 3", "MINE on 1"]
        )
        guard case .put("2", let labels) = steps[1], case .put("3", let others) = steps[2] else {
            Issue.record("\(steps)")
            return
        }
        #expect(labels == ["AWSCURRENT"])
        #expect(others == ["OTHER"])
    }

    @Test func `What is there already is not made again`() {
        let source = secret(
            ["AWSCURRENT": "2", "AWSPREVIOUS": "1"],
            description: "d",
            tags: [("k", "v")],
            policy: #"{"a":1,"b":2}"#
        )
        let same = secret(
            ["AWSCURRENT": "2", "AWSPREVIOUS": "1", "OWN": "0"],
            description: "d",
            tags: [("own", "x"), ("k", "v")],
            policy: #"{"b":2, "a":1}"#
        )
        #expect(texts(source, same) == [])
    }

    @Test func `A run that was cut short is taken up`() {
        let source = secret(["AWSCURRENT": "2", "AWSPREVIOUS": "1", "MINE": "2"])
        #expect(texts(source, secret(["AWSCURRENT": "1"])) == ["version 2"])
        let almost = secret(["AWSCURRENT": "2", "AWSPREVIOUS": "1"])
        #expect(texts(source, almost) == ["MINE on 2"])
    }

    @Test func `What is current there stays so while the version before it is made`() {
        let source = secret(["AWSCURRENT": "2", "AWSPREVIOUS": "1"])
        let steps = CopyStep.steps(from: source, to: secret(["AWSCURRENT": "2"]))
        guard case .put("1", ["AWSPREVIOUS"]) = steps.first else {
            Issue.record("\(steps)")
            return
        }
        #expect(steps.count == 1)
    }

    @Test func `Labels go where they are, AWSCURRENT before AWSPREVIOUS`() {
        let source = secret(["AWSCURRENT": "1", "AWSPREVIOUS": "2"])
        let target = secret(["AWSCURRENT": "2", "AWSPREVIOUS": "1"])
        #expect(texts(source, target) == ["AWSCURRENT on 1"])
        let older = secret(["AWSCURRENT": "0"], others: ["1", "2"])
        #expect(texts(source, older) == ["AWSCURRENT on 1", "AWSPREVIOUS on 2"])
    }

    @Test func `Description, tags, policy and rotation that differ are set`() {
        let rotation = CopiedSecret.Rotation(function: "f", rules: JSONObject([]))
        let source = secret(
            ["AWSCURRENT": "1"],
            description: "d",
            tags: [("k", "v"), ("same", "s")],
            policy: "{}",
            rotation: rotation
        )
        let target = secret(["AWSCURRENT": "1"], tags: [("k", "old"), ("same", "s")])
        #expect(texts(source, target) == ["description", "tags k", "policy", "rotation"])
    }

    @Test func `A secret without a version is made without one`() {
        let steps = CopyStep.steps(from: secret([:]), to: nil)
        #expect(steps.map(\.text) == ["no version"])
    }
}
