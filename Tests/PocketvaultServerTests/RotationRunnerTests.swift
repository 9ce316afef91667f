import AWS
import Dispatch
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing
import Threads

@testable import PocketvaultServer

@Suite("Rotations that run")
struct RotationRunnerTests {
    private static let builtIn = "arn:aws:lambda:us-east-1:000000000000:function:built-in"
    private static let remote = "arn:aws:lambda:us-east-1:000000000000:function:remote"
    private static let nowhere = "arn:aws:lambda:us-east-1:000000000000:function:nowhere"

    private let function: ScratchFunction
    private let server: ScratchServer

    init() throws {
        function = try ScratchFunction()
        server = try ScratchServer(rotationFunctions: [
            "*:built-in=builtin:random-password",
            "*:remote=http://127.0.0.1:\(function.port)/functions/{function}/invocations",
            "*:nowhere=http://127.0.0.1:9/",
        ])
        function.server = server
    }

    // MARK: Calls

    @discardableResult
    private func call(_ operation: String, _ body: String) -> JSONValue {
        server.call(operation, body).json
    }

    private func create(_ name: String = "a", value: String = "one") {
        call(
            "CreateSecret",
            #"{"Name":"\#(name)","SecretString":"\#(value)","ClientRequestToken":"\#(token(1))"}"#
        )
    }

    private func rotate(_ function: String, _ others: String = "", version: Int = 2) {
        let answer = call(
            "RotateSecret",
            #"{"SecretId":"a","ClientRequestToken":"\#(token(version))","#
                + #""RotationLambdaARN":"\#(function)"\#(others)}"#
        )
        #expect(answer["VersionId"]?.string == token(version))
    }

    private func token(_ number: Int) -> String { "0000000000000000000000000000000\(number)" }

    /// Moves the clock; gives what fired, as `event` or `event: error`.
    @discardableResult
    private func advance(_ span: String) -> [String] {
        let answer = server.send(
            .post(
                #"{"advance":"\#(span)"}"#,
                [ControlTests.json],
                path: "/_pocketvault/clock"
            )
        )
        return (answer.json["fired"]?.elements ?? []).map { fired in
            let error = fired["error"]?.string.map { ": \($0)" } ?? ""
            return (fired["event"]?.string ?? "") + error
        }
    }

    private var described: JSONValue { call("DescribeSecret", #"{"SecretId":"a"}"#) }

    private func labels() -> String { described["VersionIdsToStages"]?.jsonText() ?? "" }

    private func value() -> String? {
        call("GetSecretValue", #"{"SecretId":"a"}"#)["SecretString"]?.string
    }

    private func failure(_ function: String, _ step: String) -> String {
        "RotationFailed: Error when executing lambda \(function) during \(step) step"
    }

    /// What stands beside the newest record of an event: when each step was over.
    private func steps(_ event: String) -> String? {
        _ = try? server.scratch.auditRecords()
        return server.send(.get("/_pocketvault/audit", query: "event=\(event)&limit=1"))
            .json["records"]?.elements?.first?["steps"]?.jsonText()
    }

    // MARK: What happens

    @Test(
        "the record of the end says when each step was over, whatever the function is",
        arguments: [Self.remote, Self.builtIn]
    )
    func times(function name: String) throws {
        create()
        rotate(name)
        advance("PT0S")
        let times = ["createSecret", "setSecret", "testSecret", "finishSecret"].map {
            #""\#($0)":"2026-01-15T10:00:00.000Z""#
        }
        #expect(steps("RotationSucceeded") == "{\(times.joined(separator: ","))}")
        #expect(steps("RotationStarted") == nil)
        // CloudTrail's record of it is as AWS's.
        let record = try #require(
            try server.scratch.serviceEvents().last { $0.eventName == "RotationSucceeded" }
        )
        let entry = AuditEntry(sequence: 1, record: record)
        var writer = JSONWriter()
        CloudTrailRecord(entry).write(to: &writer)
        #expect(!String(decoding: writer.bytes, as: UTF8.self).contains("testSecret"))
    }

    @Test(
        "while a rotation goes on its beginning says which steps are over, and no more afterwards"
    )
    func timesSoFar() {
        create()
        let seen = Locked<[String?]>([])
        for step in ["createSecret", "testSecret"] {
            function.during(step) {
                let told = steps("RotationStarted")
                seen.withLock { $0.append(told) }
            }
        }
        rotate(Self.remote)
        advance("PT0S")
        let time = "2026-01-15T10:00:00.000Z"
        #expect(
            seen.withLock { $0 } == [nil, #"{"createSecret":"\#(time)","setSecret":"\#(time)"}"#]
        )
        #expect(steps("RotationStarted") == nil)
    }

    @Test("the record of a failure ends with the step that failed, and what begins anew forgets it")
    func timesOfFailure() {
        create()
        function.failing = "setSecret"
        rotate(Self.remote)
        advance("PT0S")
        let time = "2026-01-15T10:00:00.000Z"
        #expect(
            steps("RotationFailed") == #"{"createSecret":"\#(time)","setSecret":"\#(time)"}"#
        )
        function.failing = nil
        advance("PT1S")
        #expect(steps("RotationSucceeded")?.contains(time) == false)
    }

    @Test("a function is called with four steps, and the new version is the current one")
    func fourSteps() {
        create()
        rotate(Self.remote)
        #expect(advance("PT0S") == ["RotationSucceeded"])
        #expect(
            function.steps == ["createSecret", "setSecret", "testSecret", "finishSecret"]
        )
        #expect(function.paths == Array(repeating: "/functions/remote/invocations", count: 4))
        // AWSPENDING stays beside AWSCURRENT.
        #expect(
            labels()
                == #"{"\#(token(1))":["AWSPREVIOUS"],"\#(token(2))":["AWSCURRENT","AWSPENDING"]}"#
        )
        #expect(value() == "value of \(token(2))")
        #expect(described["LastRotatedDate"] == 1_768_471_200)
        #expect(Set(function.tokens).count == 1)
    }

    @Test("LastRotatedDate comes with the last step and not before")
    func lastRotatedDate() {
        create()
        function.failing = "finishSecret"
        rotate(Self.remote)
        advance("PT0S")
        #expect(described["LastRotatedDate"] == nil)
        function.failing = nil
        advance("PT1S")
        #expect(described["LastRotatedDate"] == 1_768_471_201)
    }

    @Test(
        "a step that fails is told, later steps are not called, and all begins anew",
        arguments: ["createSecret", "setSecret", "testSecret", "finishSecret"]
    )
    func failingStep(step: String) {
        create()
        function.failing = step
        rotate(Self.remote)
        #expect(advance("PT0S") == [failure(Self.remote, step)])
        #expect(function.steps.last == step)
        #expect(described["RotationEnabled"] == .bool(true))
        #expect(labels().contains(#""\#(token(2))":["AWSPENDING"]"#))
        #expect(value() == "one")
        function.failing = nil
        function.forget()
        #expect(advance("PT1S") == ["RotationSucceeded"])
        #expect(function.steps.count == 4)
        #expect(value() == "value of \(token(2))")
    }

    @Test("a rotation that fails is tried five times a day, with the same version")
    func attempts() {
        create()
        rotate(Self.nowhere)
        let once = failure(Self.nowhere, "createSecret")
        #expect(advance("PT23H") == Array(repeating: once, count: 5))
        #expect(advance("P1D") == Array(repeating: once, count: 5))
        _ = call("CancelRotateSecret", #"{"SecretId":"a"}"#)
        #expect(labels().contains(#""\#(token(2))":["AWSPENDING"]"#))
    }

    @Test("with a schedule it is tried again in each window, and NextRotationDate lies behind")
    func attemptsInWindows() {
        create()
        rotate(Self.nowhere, #","RotationRules":{"AutomaticallyAfterDays":7}"#)
        let once = failure(Self.nowhere, "createSecret")
        #expect(advance("P1D") == Array(repeating: once, count: 5))
        let date = described["NextRotationDate"]
        #expect(advance("P6D") == Array(repeating: once, count: 5))
        advance("P30D")
        #expect(described["NextRotationDate"] == date)
    }

    @Test("a function that makes no version is told to have made none")
    func noVersion() {
        create()
        function.makesNothing = true
        rotate(Self.remote)
        let arn = described["ARN"]?.string ?? ""
        #expect(
            advance("PT0S") == [
                "RotationFailed: Pending secret version \(token(2)) for Secret \(arn) was not"
                    + " created by Lambda \(Self.remote). Remove the AWSPENDING staging label and"
                    + " restart rotation"
            ]
        )
    }

    @Test("RotateImmediately=false calls testSecret alone, on a copy that then has no label")
    func testOnly() {
        create()
        rotate(Self.remote, #","RotateImmediately":false"#)
        #expect(advance("PT0S") == ["TestRotationSucceeded"])
        #expect(function.steps == ["testSecret"])
        #expect(labels() == #"{"\#(token(1))":["AWSCURRENT"]}"#)
        #expect(
            steps("TestRotationSucceeded") == #"{"testSecret":"2026-01-15T10:00:00.000Z"}"#
        )
        let copy = call("GetSecretValue", #"{"SecretId":"a","VersionId":"\#(token(2))"}"#)
        #expect(copy["SecretString"] == .string("one"))
        #expect(copy["VersionStages"] == nil)
        #expect(described["LastRotatedDate"] == nil)
    }

    @Test("a test that fails is not tried again, and leaves no label")
    func failedTest() {
        create()
        function.failing = "testSecret"
        rotate(Self.remote, #","RotateImmediately":false"#)
        #expect(
            advance("P1D") == [
                "TestRotationFailed: Error when executing lambda \(Self.remote) during testSecret"
                    + " step"
            ]
        )
        #expect(labels() == #"{"\#(token(1))":["AWSCURRENT"]}"#)
        #expect(described["RotationEnabled"] == .bool(true))
    }

    @Test("a schedule rotates again and again, each time at the opening of its window")
    func schedule() {
        create()
        rotate(Self.builtIn, #","RotationRules":{"ScheduleExpression":"rate(1 day)"}"#)
        #expect(advance("PT0S") == ["RotationSucceeded"])
        var values = Set([value()])
        for _ in 0..<5 {
            #expect(advance("P1D") == ["RotationStarted", "RotationSucceeded"])
            values.insert(value())
        }
        #expect(values.count == 6)
        #expect(advance("P85D").count == 170)
        let secret = described
        // 15 April, 00:00; the window after it is the next day's.
        #expect(secret["LastRotatedDate"] == 1_776_211_200)
        #expect(secret["NextRotationDate"] == 1_776_383_999)
        #expect(labels().components == 2)
    }

    @Test("a window that passed while nobody looked brings one rotation")
    func late() {
        create()
        rotate(Self.builtIn, #","RotationRules":{"ScheduleExpression":"rate(1 day)"}"#)
        advance("PT0S")
        server.scratch.clock.advance(days: 10)
        #expect(advance("PT0S") == ["RotationStarted", "RotationSucceeded"])
    }

    @Test("a cancelled rotation calls no further step, and no schedule fires")
    func cancelled() {
        create()
        rotate(Self.remote, #","RotationRules":{"AutomaticallyAfterDays":1}"#)
        call("CancelRotateSecret", #"{"SecretId":"a"}"#)
        #expect(advance("P30D") == [])
        #expect(function.steps == [])
    }

    @Test("a value put while the function runs abandons the rotation")
    func abandoned() {
        create()
        function.during("setSecret") { [server, token] in
            _ = server.call(
                "PutSecretValue",
                #"{"SecretId":"a","SecretString":"by hand","ClientRequestToken":"\#(token(3))"}"#
            )
        }
        rotate(Self.remote)
        #expect(advance("P1D") == [])
        #expect(function.steps == ["createSecret", "setSecret"])
        #expect(value() == "by hand")
        #expect(steps("RotationAbandoned") == #"{"createSecret":"2026-01-15T10:00:00.000Z"}"#)
    }

    @Test("a secret that is scheduled for deletion is not rotated until it is restored")
    func scheduledForDeletion() {
        create()
        rotate(Self.builtIn, #","RotationRules":{"AutomaticallyAfterDays":1}"#)
        call("DeleteSecret", #"{"SecretId":"a"}"#)
        #expect(advance("P3D") == [])
        call("RestoreSecret", #"{"SecretId":"a"}"#)
        #expect(advance("PT0S") == ["RotationSucceeded"])
    }

    @Test("replicas follow a rotation, and none of them is rotated by itself")
    func replicas() {
        create()
        call(
            "ReplicateSecretToRegions",
            #"{"SecretId":"a","AddReplicaRegions":[{"Region":"eu-west-1"}]}"#
        )
        rotate(Self.builtIn, #","RotationRules":{"ScheduleExpression":"rate(1 day)"}"#)
        #expect(advance("P1D") == ["RotationSucceeded", "RotationStarted", "RotationSucceeded"])
        let id = #"{"SecretId":"a"}"#
        let there = signed(region: "eu-west-1")
        let copy = server.call("GetSecretValue", id, authorization: there).json
        #expect(copy["SecretString"]?.string == value())
        let described = server.call("DescribeSecret", id, authorization: there).json
        #expect(described["VersionIdsToStages"] == self.described["VersionIdsToStages"])
        #expect(described["LastRotatedDate"] == self.described["LastRotatedDate"])
    }

    @Test("the reason of a failure is in the log, and no value ever")
    func log() {
        create(value: "quiet-heron")
        rotate(Self.nowhere)
        advance("PT0S")
        #expect(server.logText.contains("A rotation function failed."))
        #expect(server.logText.contains("step=createSecret"))
        #expect(!server.logText.contains("quiet-heron"))
    }
}

extension String {
    /// The members of a JSON object.
    fileprivate var components: Int {
        (try? JSONParser.parse(Array(utf8)))?.names?.count ?? 0
    }
}
