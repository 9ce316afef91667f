import Dispatch
import HTTPServer
import Threads

/// Answers with what it was asked: `<method> <path> <query> <bytes of body>`.
///
/// On `/later` it answers from another thread, on `/twice` two times, on `/never` not at all; on
/// `/forgotten` it drops the exchange, `/broken` answers with what cannot be sent, `/large` with
/// three megabytes; `/peer` names the client, and `/encrypted` says whether it speaks TLS.
final class EchoServer: Sendable {
    let listener: Listener
    /// How often it was asked.
    let asked: Counter
    private let kept: Locked<[Exchange]>

    init(_ configuration: HTTPConfiguration = HTTPConfiguration()) throws {
        let kept = Locked<[Exchange]>([])
        self.kept = kept
        let asked = Counter()
        self.asked = asked
        listener = try Listener(configuration) { request, exchange in
            asked.add()
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
            case "/broken":
                exchange.answer(HTTPResponse(status: 200, headers: [("X-A", "b\r\nX-C: d")]))
            case "/large":
                exchange.answer(
                    HTTPResponse(status: 200, body: [UInt8](repeating: 120, count: 3_000_000))
                )
            case "/peer":
                exchange.answer(HTTPResponse(status: 200, body: Array(request.peer.utf8)))
            case "/encrypted":
                exchange.answer(
                    HTTPResponse(status: 200, body: Array("\(request.isEncrypted)".utf8))
                )
            case "/headers":
                let lines = request.headers.fields.map { "\($0.name)=\($0.value)" }
                exchange.answer(
                    HTTPResponse(status: 200, body: Array(lines.joined(separator: "|").utf8))
                )
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
    request(method, target, lines: lines)
}

func request(_ method: String, _ target: String, lines: [String]) -> String {
    let hasHost = lines.contains { $0.lowercased().hasPrefix("host:") }
    let all = ["\(method) \(target) HTTP/1.1"] + (hasHost ? [] : ["Host: localhost"]) + lines
    return all.map { $0 + "\r\n" }.joined() + "\r\n"
}

/// A POST to the root.
func post(_ lines: String...) -> String {
    request("POST", "/", lines: lines)
}

/// Runs the body on so many threads at once; returns when all are done.
///
/// Not on tasks: they have a thread per core, and clients that wait would keep others from running.
func concurrently(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let group = DispatchGroup()
    for number in 0..<count {
        DispatchQueue(label: "client").async(group: group) { body(number) }
    }
    group.wait()
}

/// Counts from any thread.
final class Counter: Sendable {
    private let value = Locked(0)

    func add() {
        value.withLock { $0 += 1 }
    }

    var count: Int { value.withLock { $0 } }
}
