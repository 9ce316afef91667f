internal import AWS
internal import Dispatch
internal import HTTPServer
internal import Threads

/// The surface of the main port from the first moment on: as long as the vault is being opened and
/// seeded it answers by itself; then another one answers, for good.
///
/// Most starts are over in milliseconds, so at first calls wait for the other one: a program that starts
/// a server and calls it need not try again. Later they are told to.
final class StartingSurface: Surface {
    private struct Call {
        let request: HTTPRequest
        let send: @Sendable (HTTPResponse) -> Void
    }

    private enum State {
        case holding([Call])
        case refusing
        case open(any Surface)
    }

    private let log: ServerLog
    private let state = Locked(State.holding([]))
    private let encryption = Locked<ServerTLS?>(nil)

    /// By what the listener speaks TLS, once the vault is open that its authority lies beside.
    var tls: ServerTLS? {
        get { encryption.withLock { $0 } }
        set { encryption.withLock { $0 = newValue } }
    }

    /// - Parameters:
    ///   - log: where what it answers is told of.
    ///   - patience: how long calls wait, counted from now, in milliseconds.
    init(_ log: ServerLog, patience: Int = 1_000) {
        self.log = log
        let queue = DispatchQueue.global()
        queue.asyncAfter(deadline: .now() + .milliseconds(patience)) { [weak self] in
            self?.refuseWaiting()
        }
    }

    /// From now on `surface` answers, what waits too.
    func open(to surface: any Surface) {
        for call in change(to: .open(surface)) { surface.handle(call.request, call.send) }
    }

    private func refuseWaiting() {
        for call in change(to: .refusing) { refuse(call) }
    }

    /// Takes what waits; there is no way back from another surface.
    private func change(to next: State) -> [Call] {
        state.withLock { state in
            guard case .holding(let calls) = state else {
                if case .refusing = state { state = next }
                return []
            }
            state = next
            return calls
        }
    }

    func handle(
        _ request: HTTPRequest,
        _ send: @escaping @Sendable (HTTPResponse) -> Void
    ) {
        let next = state.withLock { state in
            guard case .holding(let calls) = state else { return state }
            guard !StartingSurface.asksHowItIs(request) else { return .refusing }
            state = .holding(calls + [Call(request: request, send: send)])
            return state
        }
        switch next {
        case .open(let surface): surface.handle(request, send)
        case .holding: break
        case .refusing: refuse(Call(request: request, send: send))
        }
    }

    /// Says that it is starting.
    private func refuse(_ call: Call) {
        let (requestID, reply) = log.expecting(answerTo: call.request, call.send)
        if let health = StartingSurface.health(askedBy: call.request) { return reply(health) }
        // Forms are answered in XML, because the clients that send them read nothing else.
        let isForm = MediaType(of: call.request.headers) == .form
        reply(
            isForm
                ? QueryXML.fault(.starting, requestID: requestID)
                : AWSJSON.answer(.starting, requestID: requestID)
        )
    }

    /// Whether somebody asks if it has started, and so does not want to wait until it has.
    private static func asksHowItIs(_ request: HTTPRequest) -> Bool {
        health(askedBy: request) != nil
            || isReading(request) && request.path.hasPrefix(LocalStackControl.prefix)
    }

    private static func isReading(_ request: HTTPRequest) -> Bool {
        request.method == "GET" || request.method == "HEAD"
    }

    /// What who asks for its health is told; nil for every other request.
    private static func health(askedBy request: HTTPRequest) -> Answer? {
        guard isReading(request) else { return nil }
        return switch request.path {
        case HealthControl.path, HealthControl.shortPath, LocalStackControl.healthPath:
            HealthControl.starting()
        case HealthControl.readinessPath: HealthControl.ready(false)
        default: nil
        }
    }
}
