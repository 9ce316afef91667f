import HTTPServer
import Testing

/// What no page shows, because no server can be made to lose records.
@Suite("audit and events")
struct AuditTests {
    @Test(
        "records that the trail lost are told on standard error, where any were",
        arguments: [
            (["audit"], 2, true), (["audit", "--json"], 2, true), (["audit", "verify"], 2, true),
            (["audit"], 0, false), (["audit", "verify"], 0, false), (["events"], 2, false),
        ]
    )
    func loss(arguments: [String], dropped: Int, isTold: Bool) throws {
        let body =
            #"{"records":[],"last":7,"intact":true,"chained":7,"hash":"00","#
            + #""auditRecordsDropped":\#(dropped)}"#
        let listener = try Listener(HTTPConfiguration()) { _, exchange in
            exchange.answer(HTTPResponse(status: 200, body: Array(body.utf8)))
        }
        defer { listener.stop(graceMilliseconds: 0) }
        let endpoint = "http://127.0.0.1:\(listener.port)"
        let outcome = try Binary.run(arguments + ["--endpoint", endpoint])
        #expect(outcome.exitCode == 0)
        let remark =
            "the audit trail is incomplete: since the server's start 2 records of calls found no"
            + " place in it\n"
        #expect(outcome.error == (isTold ? remark : ""))
        #expect(!outcome.output.contains("incomplete"))
    }
}
