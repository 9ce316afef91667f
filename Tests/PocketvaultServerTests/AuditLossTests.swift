import AWS
import Dispatch
import HTTPServer
import JSON
import Logging
import Storage
import TestSupport
import Testing
import Threads

@testable import PocketvaultServer

@Suite("Records that the audit trail loses")
struct AuditLossTests {
    private let server: ScratchServer

    init() throws {
        server = try ScratchServer()
    }

    /// More records of reads than the queue holds, while nothing can be committed; gives how many
    /// were lost since the vault was opened.
    private func loseRecords(_ count: Int) -> Int {
        let vault = server.scratch.vault
        let isHeld = DispatchSemaphore(value: 0)
        let mayGoOn = DispatchSemaphore(value: 0)
        vault.writeAlone { _ throws(APIError) in
            isHeld.signal()
            mayGoOn.wait()
        } then: { _ in
        }
        isHeld.wait()
        let record = AuditRecord(
            time: server.scratch.clock.now,
            requestID: "id",
            eventSource: "secretsmanager.amazonaws.com",
            eventName: "GetSecretValue",
            scope: .here,
            principalARN: "arn:aws:iam::000000000000:root",
            accessKeyID: nil,
            sourceAddress: "127.0.0.1",
            userAgent: nil,
            resourceARN: nil,
            requestParameters: nil,
            errorCode: nil,
            errorMessage: nil,
            isReadOnly: true
        )
        let former = vault.droppedAuditRecords
        while vault.droppedAuditRecords < former + count { vault.append(record) }
        mayGoOn.signal()
        // Its commit comes after the one that is followed.
        _ = try? server.scratch.write { _ throws(APIError) in }
        return vault.droppedAuditRecords
    }

    @Test("are counted by health, beside the records and in the verification")
    func counted() {
        #expect(loseRecords(3) == 3)
        for path in ["health", "audit", "audit/verify"] {
            let answer = server.send(.get("/_pocketvault/\(path)"))
            #expect(answer.json["auditRecordsDropped"] == 3, "\(path)")
        }
    }

    private final class Lines: Sendable {
        let text = Locked("")

        var count: Int {
            text.withLock { $0.split(separator: "\n").count { $0.contains("audit trail lost") } }
        }
    }

    private func report(_ pauseMilliseconds: Int, to lines: Lines) -> AuditLoss {
        let sink = LogSink { bytes in
            lines.text.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
        }
        let log = ServerLog(to: sink, format: .text, level: .info)
        return AuditLoss(
            of: server.scratch.vault,
            logger: log.logger(label: "tests"),
            pauseMilliseconds: pauseMilliseconds
        )
    }

    /// Until the log has so many lines, or for ten seconds.
    private func wait(for count: Int, _ lines: Lines) async throws {
        for _ in 0..<1_000 where lines.count < count {
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test("are told in the log at once, and not again before the pause is over")
    func once() async throws {
        let lines = Lines()
        let report = report(3_600_000, to: lines)
        report.start()
        _ = loseRecords(2)
        _ = loseRecords(1)
        try await wait(for: 1, lines)
        withExtendedLifetime(report) {}
        #expect(lines.count == 1)
        #expect(lines.text.withLock { $0 }.contains("lost=2"))
    }

    @Test("that are lost in the pause are told after it")
    func again() async throws {
        let lines = Lines()
        let report = report(1, to: lines)
        report.start()
        _ = loseRecords(2)
        try await wait(for: 1, lines)
        _ = loseRecords(1)
        try await wait(for: 2, lines)
        withExtendedLifetime(report) {}
        #expect(lines.count == 2)
        #expect(lines.text.withLock { $0 }.contains("lost=3"))
    }
}
