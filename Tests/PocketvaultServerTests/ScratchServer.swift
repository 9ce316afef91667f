import AWS
import Dispatch
import HTTPServer
import JSON
import Logging
import Notation
import TestSupport
import Testing
import Threads

@testable import PocketvaultServer

/// What the binary starts, all but the socket, on a vault of the test's own: it sends requests by
/// itself, moves the clock, and begins no background work unless it is told to.
final class ScratchServer: Sendable {
    let scratch: ScratchVault
    let open: OpenVault
    /// The store as the server sees it.
    let watched: WatchedVault
    let router: Router
    private let written = Locked([UInt8]())

    init(
        seeds: SeedPlan? = nil,
        database: String = ":memory:",
        format: LogFormat = .text,
        rotationFunctions: [String] = [],
        signatures: SignatureMode = .ignore,
        policies: PolicyMode = .off,
        root: String? = nil,
        agentRole: String? = nil,
        _ configure: (inout Configuration) -> Void = { _ in }
    ) throws {
        var configuration = Configuration()
        configuration.database = database
        configuration.rotationFunctions = try rotationFunctions.map(
            RotationFunction.init(parsing:)
        )
        configuration.rotationTimeoutSeconds = 20
        configuration.signatures = signatures
        configuration.policies = policies
        configuration.rootCredentials = root.flatMap { RootCredentials($0) }
        configuration.agentRole = agentRole
        configure(&configuration)
        let sink = LogSink { [written] bytes in written.withLock { $0 += bytes } }
        let clock = TestClock()
        open = try OpenVault(
            configuration,
            seeds: .plan(try seeds ?? SeedPlan([])),
            on: .scratch(clock, seed: 7),
            log: ServerLog(to: sink, format: format, level: .info),
            seenThrough: WatchedVault.init
        )
        watched = try #require(open.vault as? WatchedVault)
        scratch = ScratchVault(open, clock)
        router = Router(to: open)
        open.invoker.setEndpoint("http://127.0.0.1:9")
    }

    /// What the log holds so far.
    var logText: String {
        open.log.flush()
        return written.withLock { String(decoding: $0, as: UTF8.self) }
    }

    func send(_ request: HTTPRequest, to surface: (any Surface)? = nil) -> HTTPResponse {
        let answer = Locked<HTTPResponse?>(nil)
        let isDone = DispatchSemaphore(value: 0)
        (surface ?? router).handle(request) { response in
            answer.withLock { $0 = response }
            isDone.signal()
        }
        isDone.wait()
        return answer.withLock { $0 } ?? HTTPResponse(status: 0)
    }

    /// A call as an SDK sends it.
    func call(
        _ operation: String,
        _ body: String,
        authorization: String? = nil
    ) -> HTTPResponse {
        var headers = [
            (name: "X-Amz-Target", value: "secretsmanager.\(operation)"),
            (name: "Content-Type", value: "application/x-amz-json-1.1"),
        ]
        if let authorization { headers.append((name: "Authorization", value: authorization)) }
        return send(.post(body, headers))
    }
}

extension HTTPRequest {
    static func post(
        _ body: String,
        _ headers: [(name: String, value: String)],
        path: String = "/"
    ) -> HTTPRequest {
        HTTPRequest(
            method: "POST",
            path: path,
            headers: HTTPHeaders(headers),
            body: Array(body.utf8)
        )
    }

    static func get(_ path: String, query: String? = nil) -> HTTPRequest {
        HTTPRequest(method: "GET", path: path, query: query)
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }

    var json: JSONValue { (try? JSONParser.parse(body)) ?? .null }

    subscript(header name: String) -> String? {
        headers.first { $0.0.lowercased() == name.lowercased() }?.1
    }
}

extension Scope {
    static let here = Scope(account: "000000000000", region: "us-east-1")
}

/// An Authorization header as SDKs make it.
func signed(
    key: String = "AKIAIOSFODNN7EXAMPLE",
    region: String = "us-east-1",
    service: String = "secretsmanager"
) -> String {
    "AWS4-HMAC-SHA256 Credential=\(key)/20260115/\(region)/\(service)/aws4_request,"
        + " SignedHeaders=content-type;host;x-amz-date, Signature=00ff"
}
