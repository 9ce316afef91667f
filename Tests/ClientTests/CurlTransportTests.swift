import Client
import HTTPServer
import Invocation
import Testing

@Suite("The transport over libcurl")
struct CurlTransportTests {
    private func send(
        _ method: String,
        _ body: [UInt8] = [],
        to host: ScratchHost
    ) throws -> HTTPAnswer {
        let endpoint = try #require(host.endpoint)
        return try CurlTransport(to: endpoint).send(
            ClientRequest(
                method,
                "/a?b=c",
                host: endpoint.authority,
                fields: [(name: "X-Own", value: "1")],
                body: body
            )
        )
    }

    @Test(arguments: ["GET", "POST", "PUT", "DELETE"])
    func `Method, path, fields and body arrive, and the answer comes back`(method: String) throws {
        let host = try ScratchHost { request, _ in
            HTTPResponse(status: 201, headers: [("X-Answer", "yes")], body: request.body)
        }
        let body = method == "GET" ? [] : (0..<500_000).map { UInt8($0 % 251) }
        let answer = try send(method, body, to: host)
        #expect(answer.status == 201)
        #expect(answer["x-answer"] == "yes")
        // Not shown when they differ: they are long.
        let isSame = answer.body == body
        #expect(isSame)
        let request = try #require(host.requests.first)
        #expect(request.method == method)
        #expect(request.path == "/a")
        #expect(request.query == "b=c")
        #expect(request.headers["X-Own"] == "1")
        #expect(request.headers["Host"] == host.endpoint?.authority)
    }

    @Test func `Whoever has enough of a body ends the call`() throws {
        let host = try ScratchHost { _, _ in
            HTTPResponse(status: 200, body: [UInt8](repeating: 120, count: 3_000_000))
        }
        let endpoint = try #require(host.endpoint)
        var pieces = 0
        let head = try CurlTransport(to: endpoint).send(
            ClientRequest("GET", "/", host: endpoint.authority),
            until: Cancellation()
        ) { _, _ in
            pieces += 1
            return false
        }
        #expect(head.status == 200)
        #expect(pieces == 1)
    }

    @Test func `Nobody there is an error that says where`() throws {
        let endpoint = try #require(Endpoint("https://127.0.0.1:1"))
        let request = ClientRequest("GET", "/", host: endpoint.authority)
        do throws(ClientError) {
            _ = try CurlTransport(to: endpoint).send(request)
            Issue.record("somebody is there")
        } catch {
            guard case .unreachable("127.0.0.1:1", _) = error else {
                Issue.record("\(error)")
                return
            }
        }
    }
}
