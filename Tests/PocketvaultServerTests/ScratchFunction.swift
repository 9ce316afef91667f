import AWS
import HTTPServer
import JSON
import TestSupport
import Threads

@testable import PocketvaultServer

/// A rotation function behind HTTP that does what AWS's own functions do, and insists on what they
/// insist on.
final class ScratchFunction: Sendable {
    private struct State {
        var events: [JSONValue] = []
        var paths: [String] = []
        var failing: String?
        var makesNothing = false
        var actions: [String: @Sendable () -> Void] = [:]
        weak var server: ScratchServer?
    }

    private let state: Locked<State>
    private let listener: Listener

    init() throws {
        let state = Locked(State())
        self.state = state
        listener = try Listener(HTTPConfiguration()) { request, exchange in
            let body = ScratchFunction.answer(request, state)
            exchange.answer(HTTPResponse(status: 200, body: Array(body.utf8)))
        }
    }

    deinit {
        listener.stop(graceMilliseconds: 0)
    }

    var port: UInt16 { listener.port }

    /// The server that the function calls back.
    var server: ScratchServer? {
        get { state.withLock { $0.server } }
        set { state.withLock { $0.server = newValue } }
    }

    /// The step that returns an error.
    var failing: String? {
        get { state.withLock { $0.failing } }
        set { state.withLock { $0.failing = newValue } }
    }

    /// Whether createSecret returns without having made a value.
    var makesNothing: Bool {
        get { state.withLock { $0.makesNothing } }
        set { state.withLock { $0.makesNothing = newValue } }
    }

    func during(_ step: String, _ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.actions[step] = action }
    }

    var steps: [String] {
        state.withLock { $0.events.compactMap { $0["Step"]?.string } }
    }

    var tokens: [String] {
        state.withLock { $0.events.compactMap { $0["RotationToken"]?.string } }
    }

    var paths: [String] { state.withLock { $0.paths } }

    func forget() {
        state.withLock { state in
            state.events = []
            state.paths = []
        }
    }

    private static func answer(_ request: HTTPRequest, _ state: Locked<State>) -> String {
        let event = (try? JSONParser.parse(request.body)) ?? .null
        let step = event["Step"]?.string ?? ""
        let (server, action, mustFail, makesNothing) = state.withLock { state in
            state.events.append(event)
            state.paths.append(request.path)
            return (
                state.server, state.actions[step], state.failing == step, state.makesNothing
            )
        }
        action?()
        guard let server, !mustFail else {
            return #"{"errorType":"ValueError","errorMessage":"asked to fail"}"#
        }
        if step == "createSecret", makesNothing { return "null" }
        return perform(step, event, server) ? "null" : #"{"errorType":"AssertionError"}"#
    }

    private static func perform(
        _ step: String,
        _ event: JSONValue,
        _ server: ScratchServer
    ) -> Bool {
        guard let id = event["SecretId"]?.string, id.hasPrefix("arn:aws:secretsmanager:"),
            let token = event["ClientRequestToken"]?.string
        else { return false }
        let secret = server.call("DescribeSecret", #"{"SecretId":"\#(id)"}"#).json
        let labels = secret["VersionIdsToStages"]
        guard secret["RotationEnabled"] == .bool(true),
            case .array(let pending)? = labels?[token], pending.contains(.string("AWSPENDING"))
        else { return false }
        let current = labels?.names?.first { name in
            guard case .array(let held)? = labels?[name] else { return false }
            return held.contains(.string("AWSCURRENT"))
        }
        switch step {
        case "createSecret":
            let body =
                #"{"SecretId":"\#(id)","ClientRequestToken":"\#(token)","#
                + #""SecretString":"value of \#(token)","VersionStages":["AWSPENDING"]}"#
            return server.call("PutSecretValue", body).status == 200
        case "finishSecret":
            guard let current, current != token else { return current == token }
            let body =
                #"{"SecretId":"\#(id)","VersionStage":"AWSCURRENT","#
                + #""MoveToVersionId":"\#(token)","RemoveFromVersionId":"\#(current)"}"#
            return server.call("UpdateSecretVersionStage", body).status == 200
        default:
            let body =
                #"{"SecretId":"\#(id)","VersionId":"\#(token)","VersionStage":"AWSPENDING"}"#
            return server.call("GetSecretValue", body).status == 200
        }
    }
}
