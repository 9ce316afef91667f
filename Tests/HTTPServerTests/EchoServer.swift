import Dispatch
import HTTPServer
import Threads

/// Answers with what it was asked: `<method> <path> <query> <bytes of body>`.
///
/// On `/later` it answers from another thread, on `/never` not at all, on `/forgotten` it drops
/// the exchange.
final class EchoServer: Sendable {
    let listener: Listener
    private let kept: Locked<[Exchange]>

    init(_ configuration: HTTPConfiguration = HTTPConfiguration()) throws {
        let kept = Locked<[Exchange]>([])
        self.kept = kept
        listener = try Listener(configuration) { request, exchange in
            let text =
                "\(request.method) \(request.path) \(request.query ?? "-") \(request.body.count)"
            let response = HTTPResponse(status: 200, body: Array(text.utf8))
            switch request.path {
            case "/later":
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(20)) {
                    exchange.answer(response)
                }
            case "/twice":
                exchange.answer(response)
                exchange.answer(HTTPResponse(status: 500))
            case "/never":
                kept.withLock { $0.append(exchange) }
            case "/forgotten":
                break
            default:
                exchange.answer(response)
            }
        }
    }

    var port: UInt16 { listener.port }

    /// How many exchanges wait for an answer that does not come.
    var keptCount: Int { kept.withLock { $0.count } }

    deinit {
        listener.stop(graceMilliseconds: 0)
        kept.withLock { $0 = [] }
    }
}

/// A request with the given lines between the first and the end of the headers.
func request(_ method: String = "GET", _ target: String = "/", _ lines: String...) -> String {
    var text = "\(method) \(target) HTTP/1.1\r\n"
    let hasHost = lines.contains { $0.lowercased().hasPrefix("host:") }
    if !hasHost { text += "Host: localhost\r\n" }
    for line in lines { text += line + "\r\n" }
    return text + "\r\n"
}
