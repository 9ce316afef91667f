import AWS
import HTTPServer
import JSON
import Notation
import Storage
import TestSupport
import Testing
import Threads

@testable import PocketvaultServer

/// How far seeds are, for whoever waits for them.
@Suite struct SeedProgressTests {
    private static let path = SeedControl.progressPath

    private func plan(_ names: [String]) throws -> SeedPlan {
        let secrets = names.map { #"{"name":"\#($0)","value":"calm"}"# }.joined(separator: ",")
        let text = #"{"version":1,"secrets":[\#(secrets)]}"#
        return try SeedPlan([
            SeedDocument(Array(text.utf8), file: "s.json", defaultScope: .here)
        ])
    }

    @Test func `Each thing is told of as it is compared, and then what is made`() throws {
        let server = try ScratchServer()
        let moment = SeedMoment(now: server.scratch.clock.now, randomness: Randomness { 42 })
        let told = Locked<[String]>([])
        for names in [["b"], ["a", "b"]] {
            let application = SeedApplication(
                plan: try plan(names),
                prunes: false,
                isRehearsal: false
            )
            told.withLock { $0 = [] }
            try server.open.vault.writeAloneAndWait { vault throws(APIError) in
                _ = try application.run(in: vault, moment) { progress in
                    let word = progress.isComparing ? "compared" : "done"
                    told.withLock { $0.append("\(word) \(progress.done)/\(progress.count)") }
                }
            }
        }
        #expect(told.withLock { $0 } == ["compared 0/2", "compared 1/2", "done 0/1"])
    }

    @Test func `Only while something is under way there are counts`() throws {
        let server = try ScratchServer()
        #expect(server.send(.get(Self.path)).text == #"{"isUnderWay":false}"#)
        server.open.seedsUnderWay.note(SeedProgress(done: 3, count: 7))
        #expect(
            server.send(.get(Self.path)).text
                == #"{"isUnderWay":true,"isComparing":false,"done":3,"count":7}"#
        )
        let reset = server.send(.post("{}", [ControlTests.json], path: "/_pocketvault/reset"))
        #expect(reset.status == 200)
        #expect(server.send(.get(Self.path)).text == #"{"isUnderWay":false}"#)
    }
}
