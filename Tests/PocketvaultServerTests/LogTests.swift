import AWS
import Foundation
import HTTPServer
import JSON
import Logging
import Notation
import TestSupport
import Testing
import Threads

@testable import PocketvaultServer

@Suite("The log")
struct LogTests {
    private let time = Timestamp(milliseconds: 1_768_471_200_005)

    private func line(_ format: LogFormat, _ subject: String) -> String {
        var line = LogLine(format, "info", "request", at: time)
        line.field("resource", subject)
        line.field("status", 200)
        line.field("ms", microseconds: 12_034)
        line.end()
        return String(decoding: line.bytes, as: UTF8.self)
    }

    @Test("a line is text or JSON")
    func formats() {
        #expect(
            line(.text, "demo/url")
                == "2026-01-15T10:00:00.005Z info request resource=demo/url status=200 ms=12.034\n"
        )
        #expect(
            line(.json, "demo/url")
                == #"{"time":"2026-01-15T10:00:00.005Z","level":"info","message":"request","#
                + #""resource":"demo/url","status":200,"ms":12.034}"# + "\n"
        )
    }

    @Test(
        "a name cannot forge a line or move the cursor",
        arguments: [
            ("a\nb", #""a\nb""#), ("a\u{1B}[2J", #""a\u001b[2J""#), ("a\u{9B}1m", #""a\u009b1m""#),
            ("a b=c", #""a b=c""#), (#"a"b\"#, #""a\"b\\""#), ("", #""""#),
            ("a\u{7F}", #""a\u007f""#),
            ("a\u{202E}b", #""a\u202eb""#), ("a\u{2028}b", #""a\u2028b""#), ("né", #""né""#),
            ("a\r\n\tb", #""a\u000d\n\tb""#), ("a b", #""a b""#), ("a=b", #""a=b""#),
            (#"a"b"#, #""a\"b""#), (#"a\b"#, #""a\\b""#), (" ", #"" ""#),
            ("\(many) ", "\"\(many) \""), (" \(many)", "\" \(many)\""),
        ]
    )
    func escapes(_ subject: String, _ written: String) throws {
        #expect(line(.text, subject).contains("resource=\(written) status"))
        #expect(line(.json, subject).contains(#""resource":\#(written),"#))
        let parsed = try JSONParser.parse(line(.json, subject))
        #expect(parsed["resource"] == .string(subject))
    }

    private static let many = String(repeating: "a", count: 40)

    @Test("a name without such signs stands as it is", arguments: ["!", "~", many + "~", "a/b:c"])
    func plain(_ subject: String) {
        #expect(line(.text, subject).contains("resource=\(subject) status"))
    }

    @Test("a name stands as it is up to 2,048 bytes")
    func longestPlain() {
        let longest = String(repeating: "n", count: 2_048)
        #expect(line(.text, longest).contains("resource=\(longest) status"))
        #expect(line(.text, longest + "n").contains("resource=\"n"))
    }

    @Test(
        "a time is told to the microsecond",
        arguments: [
            (0, "0.000"), (7, "0.007"), (999, "0.999"), (1_000, "1.000"), (1_234_567, "1234.567"),
        ]
    )
    func times(_ microseconds: Int, _ written: String) {
        var line = LogLine(.text, "info", "request", at: time)
        line.field("ms", microseconds: microseconds)
        #expect(String(decoding: line.bytes, as: UTF8.self).hasSuffix(" ms=\(written)"))
    }

    /// What a log at the level of information has of an answer.
    private func lines(_ answer: Answer) -> [String] {
        let written = Locked([UInt8]())
        let log = ServerLog(
            to: LogSink { bytes in written.withLock { $0 += bytes } },
            format: .text,
            level: .info
        )
        log.write("id", method: "POST", path: "/a", answer, microseconds: 5, at: time)
        log.flush()
        let text = written.withLock { String(decoding: $0, as: UTF8.self) }
        return text.split(separator: "\n").map {
            String($0.dropFirst("2026-01-15T10:00:00.005Z ".count))
        }
    }

    @Test("the cause of a fault of ours has a line of its own, any other stands in the request's")
    func causes() {
        let body = Array("tall-giraffe".utf8)
        #expect(
            lines(Answer(HTTPResponse(status: 500, body: body), errorCode: "Ours", cause: "disk"))
                == [
                    "error The request failed. request=id cause=disk",
                    "info request method=POST path=/a status=500 error=Ours ms=0.005 request=id",
                ]
        )
        #expect(
            lines(
                Answer(
                    HTTPResponse(status: 404, body: body),
                    operation: "GetSecretValue",
                    subject: "demo",
                    cause: "elsewhere"
                )
            ) == [
                "info request method=POST operation=GetSecretValue resource=demo status=404"
                    + " cause=elsewhere ms=0.005 request=id"
            ]
        )
    }

    @Test("an endless name is cut off")
    func cutsOff() {
        #expect(line(.text, String(repeating: "n", count: 1 << 20)).utf8.count < 3_000)
    }

    @Test("dates are right, from before the epoch to far ahead")
    func dates() {
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        for seconds in stride(from: -3_000_000_000, through: 8_000_000_000, by: 86_400 * 17 + 3_661)
        {
            var bytes: [UInt8] = []
            CalendarTime.append(Timestamp(milliseconds: Int64(seconds) * 1_000), to: &bytes)
            let expected = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
            #expect(String(decoding: bytes, as: UTF8.self) == expected)
        }
    }

    @Test(
        "a request has one line, with all that is asked for and no value",
        arguments: LogFormat.allCases
    )
    func requests(_ format: LogFormat) throws {
        let server = try ScratchServer(format: format)
        _ = server.call("CreateSecret", FrontEndTests.newSecret)
        let read = server.call("GetSecretValue", #"{"SecretId":"demo"}"#)
        _ = server.call("GetSecretValue", #"{"SecretId":"missing\u001b[0m"}"#)
        _ = server.call("GetSecretValue", #"{"SecretString":"tall-giraffe","#)
        _ = server.send(.get("/_pocketvault/health", query: "value=tall-giraffe"))
        let text = server.logText
        let lines = text.split(separator: "\n")
        #expect(lines.count == 5)
        #expect(!text.contains("giraffe"))
        #expect(!text.contains("\u{1B}"))
        let id = try #require(read[header: "x-amzn-RequestId"])
        #expect(lines[1].contains(id))
        for part in ["POST", "GetSecretValue", "demo", "200"] { #expect(lines[1].contains(part)) }
        #expect(lines[2].contains("ValidationException"))
        #expect(lines[4].contains("/_pocketvault/health"))
        if format == .json {
            for line in lines { #expect(throws: Never.self) { try JSONParser.parse(String(line)) } }
        }
    }

    @Test("what goes through swift-log looks the same, and warnings are written at once")
    func swiftLog() {
        let written = Locked([UInt8]())
        let log = ServerLog(
            to: LogSink { bytes in written.withLock { $0 += bytes } },
            format: .text,
            level: .info
        )
        var logger = log.logger(label: "test")
        logger[metadataKey: "secret"] = "a b"
        logger.debug("not this")
        logger.info("later")
        #expect(written.withLock { $0.isEmpty })
        logger.warning("at once", metadata: ["count": "2"])
        let lines = written.withLock { String(decoding: $0, as: UTF8.self) }.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasSuffix(#" info later secret="a b""#))
        #expect(lines[1].hasSuffix(#" warning at once count=2 secret="a b""#))
    }

    @Test("a line is written within a moment though nobody flushes")
    func flushesByItself() async throws {
        let written = Locked(false)
        let sink = LogSink { _ in written.withLock { $0 = true } }
        sink.append(Array("line\n".utf8), isUrgent: false)
        for _ in 0..<200 where !written.withLock({ $0 }) {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(written.withLock { $0 })
    }

    @Test("when nobody reads, lines are dropped and counted instead of filling memory")
    func drops() {
        let written = Locked([UInt8]())
        let sink = LogSink { bytes in written.withLock { $0 += bytes } }
        let line = [UInt8](repeating: 0x78, count: 300_000)
        // Faster than the sink's own flush, or not: what is written or counted adds up.
        for _ in 0..<5 { sink.append(line, isUrgent: false) }
        sink.flush()
        let bytes = written.withLock { $0 }
        let kept = bytes.count / line.count
        #expect(kept == 5 || String(decoding: bytes, as: UTF8.self).contains("log lines dropped"))
    }
}
