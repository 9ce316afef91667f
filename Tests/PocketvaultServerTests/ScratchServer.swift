import AWS
import Dispatch
import HTTPServer
import JSON
import Logging
import TestSupport
import Threads

@testable import PocketvaultServer

/// The whole server but for the socket, on a vault of the test's own.
final class ScratchServer: Sendable {
    let scratch: ScratchVault
    let readiness = Readiness()
    let router: Router
    private let log: ServerLog
    private let written = Locked([UInt8]())

    init(
        seeds: SeedPlan? = nil,
        format: LogFormat = .text,
        needsErase: Bool = false,
        rotationFunctions: [String] = [],
        signatures: SignatureMode = .ignore,
        policies: PolicyMode = .off
    ) throws {
        scratch = try ScratchVault()
        let randomness = ScratchServer.randomness()
        let clock = VaultClock(machine: { [scratch] in scratch.clock.now })
        let sink = LogSink { [written] bytes in written.withLock { $0 += bytes } }
        log = ServerLog(to: sink, format: format, level: .info)
        let functions = RotationFunctionList(
            functions: try rotationFunctions.map(RotationFunction.init(parsing:))
        )
        let authorization = Authorization(policies.authorization)
        let service = Service(
            vault: scratch.vault,
            now: clock.now,
            randomness: randomness,
            rotationFunctions: RotationFunctions { functions.target(of: $0) != nil },
            authorization: authorization
        )
        let scheduler = ScratchServer.scheduler(
            of: scratch.vault,
            functions,
            clock,
            randomness,
            log.logger(label: "tests")
        )
        let reset = Reset(
            vault: scratch.vault,
            seeds: try seeds ?? SeedPlan([]),
            needsErase: needsErase,
            clock: clock,
            scheduler: scheduler,
            randomness: randomness
        )
        router = Router(
            service: service,
            control: ControlSurface(
                vault: scratch.vault,
                readiness: readiness,
                reset: reset,
                clock: ClockControl(clock: clock, scheduler: scheduler),
                policies: PolicyControl(
                    vault: scratch.vault,
                    authorization: authorization,
                    clock: clock,
                    defaultRegion: Scope.here.region
                )
            ),
            authenticator: .scratch(scratch, signatures),
            scheduler: scheduler,
            log: log
        )
    }

    private static func randomness() -> Randomness {
        let generator = Locked(SplitMix64(seed: 7))
        return Randomness { generator.withLock { $0.next() } }
    }

    private static func scheduler(
        of vault: any Vault,
        _ functions: RotationFunctionList,
        _ clock: VaultClock,
        _ randomness: Randomness,
        _ logger: Logger
    ) -> Scheduler {
        let invoker = FunctionInvoker(timeoutMilliseconds: 20_000, environment: [:])
        invoker.setEndpoint("http://127.0.0.1:9")
        let rotations = RotationRunner(
            vault: vault,
            functions: functions,
            invoker: invoker,
            clock: clock,
            randomness: randomness,
            logger: logger
        )
        return Scheduler(
            [Purge(vault: vault), KeyDeletion(vault: vault), rotations],
            vault: vault,
            clock: clock,
            logger: logger
        )
    }

    /// What the log holds so far.
    var logText: String {
        log.flush()
        return written.withLock { String(decoding: $0, as: UTF8.self) }
    }

    func send(_ request: HTTPRequest) -> HTTPResponse {
        let answer = Locked<HTTPResponse?>(nil)
        let isDone = DispatchSemaphore(value: 0)
        router.handle(request) { response in
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

extension Authenticator {
    /// As a server has it, with the test's clock for real and vault time.
    static func scratch(_ scratch: ScratchVault, _ mode: SignatureMode = .ignore) -> Authenticator {
        Authenticator(
            defaultScope: .here,
            mode: mode,
            lookup: CredentialLookup(
                vault: scratch.vault,
                root: nil,
                rootAccount: Scope.here.account
            ),
            check: SignatureCheck { scratch.clock.now },
            now: { scratch.clock.now }
        )
    }
}
