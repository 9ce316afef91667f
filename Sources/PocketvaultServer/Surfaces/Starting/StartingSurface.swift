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
        case patient([Call])
        case impatient
        case open(any Surface)
    }

    private let log: ServerLog
    private let state = Locked(State.patient([]))
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
            self?.loseItsPatience()
        }
    }

    /// From now on `surface` answers, first what waits.
    func open(to surface: any Surface) {
        for call in change(to: .open(surface)) { surface.handle(call.request, call.send) }
    }

    private func loseItsPatience() {
        for call in change(to: .impatient) { refuse(call) }
    }

    /// Takes what waits; there is no way back from another surface.
    private func change(to next: State) -> [Call] {
        state.withLock { state in
            guard case .patient(let calls) = state else {
                if case .impatient = state { state = next }
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
        let call = Call(request: request, send: send)
        let next = state.withLock { state in
            guard case .patient(let calls) = state else { return state }
            // Who asks how it is gets an answer at once.
            guard StartingSurface.health(askedBy: request) == nil else { return .impatient }
            state = .patient(calls + [call])
            return state
        }
        switch next {
        case .open(let surface): surface.handle(request, send)
        case .patient: break
        case .impatient: refuse(call)
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

    /// What who asks how it is gets at once; nil for every other request.
    private static func health(askedBy request: HTTPRequest) -> Answer? {
        guard request.method == "GET" || request.method == "HEAD" else { return nil }
        return switch request.path {
        case HealthControl.path, HealthControl.shortPath, LocalStackControl.healthPath:
            HealthControl.starting()
        case HealthControl.readinessPath: HealthControl.ready(false)
        default: nil
        }
    }
}
