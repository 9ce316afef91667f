internal import AWS
internal import HTTPServer
internal import Threads

/// The surface of the main port from the first moment on: as long as the vault is being opened and
/// seeded it answers by itself; then another one answers, for good.
final class StartingSurface: Surface {
    private let log: ServerLog
    private let behind = Locked<(any Surface)?>(nil)
    private let encryption = Locked<ServerTLS?>(nil)

    /// By what the listener speaks TLS, once the vault is open that its authority lies beside.
    var tls: ServerTLS? {
        get { encryption.withLock { $0 } }
        set { encryption.withLock { $0 = newValue } }
    }

    init(_ log: ServerLog) {
        self.log = log
    }

    /// From now on `surface` answers.
    func open(to surface: any Surface) {
        behind.withLock { $0 = surface }
    }

    func handle(
        _ request: HTTPRequest,
        _ send: @escaping @Sendable (HTTPResponse) -> Void
    ) {
        if let surface = behind.withLock({ $0 }) { return surface.handle(request, send) }
        let (requestID, reply) = log.expecting(answerTo: request, send)
        reply(StartingSurface.answer(to: request, requestID))
    }

    private static func answer(to request: HTTPRequest, _ requestID: String) -> Answer {
        if request.method == "GET" || request.method == "HEAD" {
            switch request.path {
            case HealthControl.path, HealthControl.shortPath, LocalStackControl.healthPath:
                return HealthControl.starting()
            case HealthControl.readinessPath: return HealthControl.ready(false)
            default: break
            }
        }
        // Forms are answered in XML, because the clients that send them read nothing else.
        return MediaType(of: request.headers) == .form
            ? QueryXML.fault(.starting, requestID: requestID)
            : AWSJSON.answer(.starting, requestID: requestID)
    }
}
