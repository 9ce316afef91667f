import HTTPServer
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

/// From Thursday, 15 January 2026, 10:00 on: a secret whose recovery window ends after seven days, one
/// that rotates every midnight, one that rotates on Sundays at 08:00, and one whose rotation fails.
@Suite("What falls due follows from what is stored")
struct SchedulerTests {
    private let server: ScratchServer

    init() throws {
        server = try ScratchServer(rotationFunctions: [
            "*:built-in=builtin:random-password", "*:nowhere=/nowhere",
        ])
        for name in ["deleted", "daily", "weekly", "broken"] {
            call("CreateSecret", [("Name", .string(name)), ("SecretString", "one")])
        }
        call("DeleteSecret", [("SecretId", "deleted"), ("RecoveryWindowInDays", 7)])
        rotate("daily", by: "built-in", "rate(1 day)")
        rotate("weekly", by: "built-in", "cron(0 8 ? * SUN *)")
        rotate("broken", by: "nowhere", nil)
        #expect(
            Set(advance("PT0S")) == [
                "15T10:00:00 daily RotationSucceeded", "15T10:00:00 weekly RotationSucceeded",
                "15T10:00:00 broken RotationFailed",
            ]
        )
    }

    private func call(_ operation: String, _ members: [(name: String, value: JSONValue)]) {
        let token = "token-for-\(operation)-in-this-test-alone"
        let body = JSONObject(members + [("ClientRequestToken", .string(token))])
        let answer = server.call(operation, JSONValue.object(body).jsonText())
        #expect(answer.status == 200, "\(answer.text)")
    }

    private func rotate(_ name: String, by function: String, _ schedule: String?) {
        let arn = "arn:aws:lambda:us-east-1:000000000000:function:\(function)"
        let rules = schedule.map { text in
            ("RotationRules", JSONValue.object(JSONObject([("ScheduleExpression", .string(text))])))
        }
        call(
            "RotateSecret",
            [("SecretId", .string(name)), ("RotationLambdaARN", .string(arn))]
                + (rules.map { [$0] } ?? [])
        )
    }

    /// What fires on the way, as `day of January T time secret event`.
    private func advance(_ span: String) -> [String] {
        let answer = server.send(
            .post(
                #"{"advance":"\#(span)"}"#,
                [ControlTests.json],
                path: "/_pocketvault/clock"
            )
        )
        return (answer.json["fired"]?.elements ?? []).map { fired in
            let time = fired["time"]?.string?.dropFirst("2026-01-".count).prefix(11) ?? ""
            let arn = fired["secret"]?.string ?? ""
            let name = arn.split(separator: ":").last?.prefix { $0 != "-" } ?? ""
            return "\(time) \(name) \(fired["event"]?.string ?? "")"
        }
    }

    /// A rotation on demand that fails is tried again after 1, 4, 16 and 64 seconds, and so on the
    /// next day.
    private static let broken = (15...22).flatMap { day in
        // A round ends 85 seconds after its beginning, and the next one begins a day later.
        [0, 1, 5, 21, 85].dropFirst(day == 15 ? 1 : 0).map { seconds in
            let second = seconds + (day - 15) * 85
            let time = "\(second / 60 + 100)".dropFirst() + ":" + "\(second % 60 + 100)".dropFirst()
            return "\(day)T10:\(time) broken RotationFailed"
        }
    }

    private static let others = [
        "16T00:00:00 daily RotationStarted", "16T00:00:00 daily RotationSucceeded",
        "17T00:00:00 daily RotationStarted", "17T00:00:00 daily RotationSucceeded",
        "18T00:00:00 daily RotationStarted", "18T00:00:00 daily RotationSucceeded",
        "18T08:00:00 weekly RotationStarted", "18T08:00:00 weekly RotationSucceeded",
        "19T00:00:00 daily RotationStarted", "19T00:00:00 daily RotationSucceeded",
        "20T00:00:00 daily RotationStarted", "20T00:00:00 daily RotationSucceeded",
        "21T00:00:00 daily RotationStarted", "21T00:00:00 daily RotationSucceeded",
        "22T00:00:00 daily RotationStarted", "22T00:00:00 daily RotationSucceeded",
        "22T10:00:00 deleted EndSecretVersionDelete",
    ]

    private static let week = (broken + others).sorted()

    @Test(
        "each piece is done at its own time, in order, and none before it",
        arguments: [
            ("PT0S", 0), ("PT1S", 1), ("PT4S", 1), ("PT5S", 2), ("PT84S", 3), ("PT85S", 4),
            ("PT13H59M", 4), ("PT14H", 6), ("P1D", 6), ("P2D", 13), ("P2DT21H", 20),
            ("P2DT22H", 22), ("P6DT23H59M59S", 50), ("P7D", 51), ("P7DT13H", 56),
        ]
    )
    func table(span: String, count: Int) {
        #expect(advance(span) == Array(Self.week.prefix(count)))
    }

    @Test("moved in whatever steps, the same falls due", arguments: [1, 5, 24])
    func steps(hours: Int) {
        let fired = (0..<(168 / hours)).flatMap { _ in advance("PT\(hours)H") }
        let rest = advance("PT\(168 % hours)H")
        #expect(fired + rest == Array(Self.week.prefix(51)))
    }

    @Test("what fell due while nobody looked is done once, in the order in which it fell due")
    func week() {
        server.scratch.clock.advance(days: 7)
        let expected = [
            "broken RotationFailed", "daily RotationStarted", "weekly RotationStarted",
            "deleted EndSecretVersionDelete",
            // The steps of a rotation fall due when it has begun, which is now.
            "daily RotationSucceeded", "weekly RotationSucceeded",
        ]
        #expect(advance("PT0S") == expected.map { "22T10:00:00 \($0)" })
        #expect(advance("PT0S") == [])
    }
}
