import Client
import Foundation
import Testing

@testable import pocketvault

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite("serve")
struct ServeTests {
    private func get(_ url: String) async throws -> (status: Int?, body: String) {
        let (body, response) = try await URLSession.shared.data(
            from: try #require(URL(string: url))
        )
        return ((response as? HTTPURLResponse)?.statusCode, String(decoding: body, as: UTF8.self))
    }

    @Test("is ready when it says where it listens, in one line")
    func readyLine() async throws {
        let server = try Running.server()
        #expect(try await get(server.endpoint + "/_pocketvault/ready").status == 200)
        #expect(server.output().split(separator: "\n").count == 1)
    }

    @Test("leaves no core dump, whose memory would hold values")
    func noCoreDumps() throws {
        let limits = try Running.server().kernelView("limits").split(separator: "\n")
        let core = try #require(limits.first { $0.hasPrefix("Max core file size") })
        #expect(core.split(separator: " ").filter { $0 == "0" }.count == 2)
    }

    @Test("ends with 0 soon", arguments: [SIGINT, SIGTERM])
    func stops(_ signal: Int32) throws {
        let server = try Running.server()
        server.signal(signal)
        #expect(server.waitForExit(seconds: 5) == 0)
        #expect(server.output().split(separator: "\n").count == 1)
    }

    @Test("a request is in the log when the server has ended, and no escape from its name")
    func logs() async throws {
        let server = try Running.server(environment: ["POCKETVAULT_LOG_FORMAT": "json"])
        _ = try await get(server.endpoint + "/a%1Bb")
        server.signal(SIGTERM)
        #expect(server.waitForExit(seconds: 5) == 0)
        #expect(server.error().contains(#""status":404"#))
        #expect(!server.error().contains("\u{1B}"))
    }

    @Test("a second signal ends it at once, with 130, while a request keeps it from stopping")
    func secondSignal() throws {
        let server = try Running.server()
        let port = try #require(Endpoint(server.endpoint)?.port)
        let request = try HalfRequest(port: port)
        // Two that come at once are one, so they come until the server has seen two.
        for _ in 0..<1_000 {
            guard server.isRunning else { break }
            server.signal(SIGINT)
            usleep(10_000)
        }
        #expect(server.waitForExit(seconds: 0) == 130)
        withExtendedLifetime(request) {}
    }
}
