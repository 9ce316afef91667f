import AWS
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("The clock in a tester's hand")
struct ClockTests {
    private let server: ScratchServer

    init() throws {
        server = try ScratchServer()
    }

    private func clock(_ body: String) -> HTTPResponse {
        server.send(.post(body, [ControlTests.json], path: "/_pocketvault/clock"))
    }

    private func create(_ name: String = "demo") -> String? {
        let body =
            #"{"Name":"\#(name)","SecretString":"calm-otter","#
            + #""ClientRequestToken":"00000000-0000-4000-8000-000000000001"}"#
        return server.call("CreateSecret", body).json["ARN"]?.string
    }

    private func delete(days: Int) {
        _ = server.call("DeleteSecret", #"{"SecretId":"demo","RecoveryWindowInDays":\#(days)}"#)
    }

    private func events(_ response: HTTPResponse) -> [String?] {
        (response.json["fired"]?.elements ?? []).map { $0["event"]?.string }
    }

    @Test("it shows the vault's time, the machine's, and whether it runs")
    func shows() {
        let answer = server.send(.get("/_pocketvault/clock"))
        #expect(
            answer.text
                == #"{"now":"2026-01-15T10:00:00.000Z","real":"2026-01-15T10:00:00.000Z","#
                + #""rate":1,"frozen":false}"#
        )
    }

    @Test(
        "each order does what it says",
        arguments: [
            (#"{"freeze":true}"#, "2026-01-15T10:00:00.000Z", 0),
            (#"{"freeze":"2027-01-01T00:00:00Z"}"#, "2027-01-01T00:00:00.000Z", 0),
            (#"{"set":"2027-06-01T12:30:00.250Z"}"#, "2027-06-01T12:30:00.250Z", 1),
            (#"{"set":"2027-06-01T14:30:00+02:00"}"#, "2027-06-01T12:30:00.000Z", 1),
            (#"{"set":1800000000}"#, "2027-01-15T08:00:00.000Z", 1),
            (#"{"advance":"P31D"}"#, "2026-02-15T10:00:00.000Z", 1),
            (#"{"rate":3600}"#, "2026-01-15T10:00:00.000Z", 3_600),
            (#"{"freeze":false}"#, "2026-01-15T10:00:00.000Z", 1),
            (#"{"reset":true}"#, "2026-01-15T10:00:00.000Z", 1),
        ]
    )
    func orders(_ body: String, _ now: String, _ rate: Int64) {
        let answer = clock(body)
        #expect(answer.status == 200)
        #expect(answer.json["now"]?.string == now)
        #expect(answer.json["rate"] == .number(JSONNumber(rate)))
        #expect(answer.json["frozen"] == .bool(rate == 0))
        #expect(answer.json["fired"] == .array([]))
    }

    @Test(
        "an order that makes no sense is refused and moves nothing",
        arguments: [
            "", "[]", "{}", #"{"advance":31}"#, #"{"advance":"31D"}"#, #"{"advance":"P1M"}"#,
            #"{"rate":0}"#, #"{"rate":-1}"#, #"{"rate":1.5}"#, #"{"rate":86401}"#,
            #"{"rate":"fast"}"#, #"{"set":"tomorrow"}"#, #"{"set":-1}"#, #"{"set":1e300}"#,
            #"{"set":true}"#, #"{"set":"2026-02-30T00:00:00Z"}"#, #"{"freeze":"2026-11-31"}"#,
            #"{"freeze":null}"#, #"{"reset":false}"#, #"{"advence":"P1D"}"#,
            #"{"advance":"P1D","rate":2}"#, #"{"set":"0001-01-01T00:00:00Z"}"#,
        ]
    )
    func refusals(_ body: String) {
        let answer = clock(body)
        #expect(answer.status == 400)
        #expect(answer.json["message"]?.string?.isEmpty == false)
        #expect(
            server.send(.get("/_pocketvault/clock")).json["now"]?.string
                == "2026-01-15T10:00:00.000Z"
        )
    }

    @Test("an order needs the content type that no foreign page can send")
    func contentType() {
        let answer = server.send(.post(#"{"freeze":true}"#, [], path: "/_pocketvault/clock"))
        #expect(answer.status == 415)
    }

    @Test("dates in answers follow it")
    func dates() {
        _ = clock(#"{"freeze":"2027-01-01T00:00:00Z"}"#)
        _ = create()
        let answer = server.call("DescribeSecret", #"{"SecretId":"demo"}"#)
        #expect(answer.text.contains(#""CreatedDate":1798761600,"#))
    }

    @Test("a secret is there until its recovery window ends, and gone an hour later")
    func purges() throws {
        let arn = create()
        delete(days: 7)
        #expect(events(clock(#"{"advance":"P6DT23H"}"#)) == [])
        #expect(server.call("DescribeSecret", #"{"SecretId":"demo"}"#).status == 200)
        let answer = clock(#"{"advance":"PT2H"}"#)
        #expect(events(answer) == ["EndSecretVersionDelete"])
        let fired = try #require(answer.json["fired"]?.elements?.first)
        #expect(fired["time"]?.string == "2026-01-22T10:00:00.000Z")
        #expect(fired["secret"]?.string == arn)
        #expect(server.call("DescribeSecret", #"{"SecretId":"demo"}"#).status == 400)
        #expect(create() != arn)
    }

    @Test("a restored secret is not purged")
    func restores() {
        _ = create()
        delete(days: 7)
        _ = server.call("RestoreSecret", #"{"SecretId":"demo"}"#)
        #expect(events(clock(#"{"advance":"P60D"}"#)) == [])
        #expect(server.call("DescribeSecret", #"{"SecretId":"demo"}"#).status == 200)
    }

    @Test("what fell due on the way is told in order, each at its own time")
    func inOrder() {
        for (name, days) in [("b", 20), ("a", 7), ("c", 30)] {
            _ = create(name)
            _ = server.call(
                "DeleteSecret",
                #"{"SecretId":"\#(name)","RecoveryWindowInDays":\#(days)}"#
            )
        }
        let fired = clock(#"{"advance":"P31D"}"#).json["fired"]?.elements ?? []
        #expect(
            fired.map { $0["time"]?.string } == [
                "2026-01-22T10:00:00.000Z", "2026-02-04T10:00:00.000Z", "2026-02-14T10:00:00.000Z",
            ]
        )
    }

    @Test("going back undoes nothing")
    func goesBack() {
        _ = create()
        delete(days: 7)
        _ = clock(#"{"advance":"P8D"}"#)
        #expect(clock(#"{"reset":true}"#).json["now"]?.string == "2026-01-15T10:00:00.000Z")
        #expect(server.call("DescribeSecret", #"{"SecretId":"demo"}"#).status == 400)
    }

    @Test("reset of the vault shows the machine's time again; of one account it does not")
    func resets() {
        _ = clock(#"{"advance":"P1D"}"#)
        let path = "/_pocketvault/reset"
        let account = #"{"account":"111111111111"}"#
        _ = server.send(.post(account, [ControlTests.json], path: path))
        let now = { server.send(.get("/_pocketvault/clock")).json["now"]?.string }
        #expect(now() == "2026-01-16T10:00:00.000Z")
        _ = server.send(.post("{}", [ControlTests.json], path: path))
        #expect(now() == "2026-01-15T10:00:00.000Z")
    }
}
