import AWS
import JSON
import Notation
import TestSupport
import Testing

private let one = version("1")
private let two = version("2")
private let three = version("3")

@Suite("UpdateSecretVersionStage")
struct UpdateSecretVersionStageTests {
    let vault: ScratchVault
    let arn: String

    /// Versions 1 to 3: previous, current, and one with labels of its own.
    init() throws {
        vault = try ScratchVault()
        arn = try vault.create("a", value: "one", token: one)
        try vault.put("two", on: "a", token: two)
        try vault.put("three", on: "a", token: three, stages: ["AWSPENDING", "mine"])
    }

    @discardableResult
    private func move(
        _ label: String,
        from source: String? = nil,
        to target: String? = nil
    ) throws -> JSONValue {
        try vault.call(.updateSecretVersionStage, request(label, source, target))
    }

    private func refusal(
        _ label: String,
        from source: String? = nil,
        to target: String? = nil
    ) -> Refusal? {
        vault.refusal(of: .updateSecretVersionStage, request(label, source, target))
    }

    private func request(_ label: String, _ source: String?, _ target: String?) -> JSONValue {
        var members: JSONValue = ["SecretId": "a", "VersionStage": "\(label)"]
        if let source { members.set("RemoveFromVersionId", "\(source)") }
        if let target { members.set("MoveToVersionId", "\(target)") }
        return members
    }

    @Test("the answer has the ARN and the name, and LastChangedDate moves")
    func shape() throws {
        vault.clock.advance(hours: 1)
        let answer = try move("new", to: one)
        #expect(answer.names == ["ARN", "Name"])
        #expect(answer["ARN"]?.string == arn)
        #expect(try vault.lastChange(of: "a") == startOfTests + 3_600_000)
    }

    @Test("a label that nobody has is attached")
    func attach() throws {
        try move("AWSSOMETHING", to: one)
        #expect(try vault.labels(of: "a")[one] == ["AWSPREVIOUS", "AWSSOMETHING"])
    }

    @Test("a label moves from the version that is named")
    func moves() throws {
        try move("mine", from: three, to: one)
        #expect(try vault.labels(of: "a")[one] == ["mine", "AWSPREVIOUS"])
        #expect(try vault.labels(of: "a")[three] == ["AWSPENDING"])
    }

    @Test("AWSCURRENT brings AWSPREVIOUS to the version it leaves; AWSPENDING stays")
    func promote() throws {
        try move("AWSCURRENT", from: two, to: three)
        #expect(
            try vault.labels(of: "a")
                == [two: ["AWSPREVIOUS"], three: ["mine", "AWSCURRENT", "AWSPENDING"]]
        )
        #expect(try vault.value(of: "a") == "three")
    }

    @Test("AWSCURRENT leaves AWSPENDING on a third version alone")
    func rollBack() throws {
        try move("AWSCURRENT", from: two, to: one)
        #expect(
            try vault.labels(of: "a")
                == [one: ["AWSCURRENT"], two: ["AWSPREVIOUS"], three: ["mine", "AWSPENDING"]]
        )
    }

    @Test("a version without labels can have AWSCURRENT back")
    func deprecated() throws {
        try vault.put("four", on: "a", token: version("4"))
        try vault.put("five", on: "a", token: version("5"))
        #expect(try vault.labels(of: "a")[one] == nil)
        try move("AWSCURRENT", from: version("5"), to: one)
        #expect(try vault.value(of: "a") == "one")
    }

    @Test(
        "any label but AWSCURRENT can be detached",
        arguments: [
            ("AWSPREVIOUS", one), ("AWSPENDING", three), ("mine", three),
        ]
    )
    func detach(label: String, holder: String) throws {
        try move(label, from: holder)
        #expect(try !vault.labels(of: "a").values.joined().contains(label))
        #expect(try vault.value(of: "a", version: holder) != nil)
    }

    @Test("a version that loses its last label is deprecated")
    func lastLabel() throws {
        try move("AWSPREVIOUS", from: one)
        let listed = try vault.call(.listSecretVersionIDs, ["SecretId": "a"])["Versions"]
        #expect(listed?.elements?.compactMap { $0["VersionId"]?.string } == [three, two])
        #expect(
            try vault.allVersions(of: "a")[0].names == ["CreatedDate", "KmsKeyIds", "VersionId"]
        )
    }

    @Test("moving a label to where it is changes nothing")
    func noChange() throws {
        let before = try vault.describe("a")
        vault.clock.advance(hours: 1)
        try move("AWSCURRENT", to: two)
        try move("mine", from: three, to: three)
        #expect(try vault.describe("a") == before)
    }

    @Test("a label on another version must be taken from there by name")
    func elsewhere() throws {
        for (label, holder) in [("AWSCURRENT", two), ("mine", three), ("AWSPREVIOUS", one)] {
            let target = holder == one ? two : one
            #expect(
                refusal(label, to: target)
                    == .invalid(
                        "The parameter RemoveFromVersionId can't be empty. Staging label \(label)"
                            + " is currently attached to version \(holder), so you must explicitly"
                            + " reference that version in RemoveFromVersionId."
                    )
            )
        }
    }

    @Test("a label cannot be taken from a version that does not have it")
    func notThere() throws {
        let before = try vault.describe("a")
        for (label, target) in [("mine", one), ("mine", nil), ("nobody", one), ("AWSCURRENT", two)]
            as [(String, String?)]
        {
            #expect(
                refusal(label, from: one, to: target)
                    == .invalid(
                        "The parameter RemoveFromVersionId is not valid. Staging label \(label) is"
                            + " not currently attached to version \(one)."
                    )
            )
        }
        #expect(try vault.describe("a") == before)
    }

    @Test("AWSCURRENT cannot be removed altogether")
    func current() {
        #expect(
            refusal("AWSCURRENT", from: two)
                == .invalid(
                    "You can only move staging label AWSCURRENT to a different secret version."
                        + " It can’t be completely removed."
                )
        )
    }

    @Test("one of the two versions must be named")
    func neither() {
        #expect(
            refusal("mine")
                == .invalid("You must provide RemoveFromVersionId, MoveToVersionId or both.")
        )
    }

    @Test("a version that is not there is refused, on either side")
    func unknownVersion() {
        let unknown = version("x")
        #expect(refusal("new", to: unknown) == .nothingUnder(versionID: unknown))
        #expect(refusal("mine", from: unknown) == .nothingUnder(versionID: unknown))
        #expect(refusal("mine", from: three, to: unknown) == .nothingUnder(versionID: unknown))
    }

    @Test("members out of bounds are refused in AWS's words", arguments: refusedMoves)
    func bounds(row: Refused) {
        let members = row.members(and: ["SecretId": "a", "MoveToVersionId": "\(one)"])
        #expect(vault.refusal(of: .updateSecretVersionStage, members) == row.expected)
    }
}

private let refusedMoves = [
    Refused([:], .missing("versionStage")),
    Refused(["VersionStage": ""], .constraint("''", "versionStage", atLeast(1))),
    Refused(
        ["VersionStage": "\(long(257))"],
        .constraint("'\(long(257))'", "versionStage", atMost(256))
    ),
    Refused(
        ["VersionStage": "x", "MoveToVersionId": "short"],
        .constraint("'short'", "moveToVersionId", atLeast(32))
    ),
    Refused(
        ["VersionStage": "x", "RemoveFromVersionId": "\(long(65))"],
        .constraint("'\(long(65))'", "removeFromVersionId", atMost(64))
    ),
]
