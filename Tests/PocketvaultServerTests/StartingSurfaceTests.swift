import Dispatch
import HTTPServer
import Logging
import Testing
import Threads

@testable import PocketvaultServer

@Suite("What comes while a vault is being opened")
struct StartingSurfaceTests {
    /// Answers 200.
    private struct Opened: Surface {
        func handle(
            _ request: HTTPRequest,
            _ send: @escaping @Sendable (HTTPResponse) -> Void
        ) {
            send(HTTPResponse(status: 200))
        }
    }

    /// The answers to what was asked.
    private final class Asked: Sendable {
        private let statuses = Locked<[Int]>([])
        private let isAnswered = DispatchSemaphore(value: 0)
        var answers: [Int] { statuses.withLock { $0 } }

        init(_ surface: StartingSurface, _ method: String = "POST", _ path: String = "/") {
            surface.handle(HTTPRequest(method: method, path: path)) { [self] response in
                statuses.withLock { $0.append(response.status) }
                isAnswered.signal()
            }
        }

        func wait() { isAnswered.wait() }
    }

    private func starting(patience: Int) -> StartingSurface {
        StartingSurface(
            ServerLog(to: LogSink { _ in }, format: .text, level: .error),
            patience: patience
        )
    }

    @Test(
        "waits, and is answered once by what opens",
        arguments: [("POST", "/"), ("GET", "/console")]
    )
    func waits(method: String, path: String) {
        let surface = starting(patience: 600_000)
        let early = Asked(surface, method, path)
        #expect(early.answers == [])
        surface.open(to: Opened())
        #expect(early.answers == [200])
        #expect(Asked(surface, method, path).answers == [200])
    }

    @Test(
        "does not wait when it asks whether the server has started",
        arguments: [
            ("/_pocketvault/health", 200), ("/health", 200), ("/_localstack/health", 200),
            ("/_pocketvault/ready", 503), ("/_localstack/init/ready", 503),
        ]
    )
    func health(path: String, status: Int) {
        let surface = starting(patience: 600_000)
        #expect(Asked(surface, "GET", path).answers == [status])
    }

    @Test("is refused after a while, at once then, until there is a vault")
    func patience() {
        let surface = starting(patience: 1)
        let early = Asked(surface)
        early.wait()
        #expect(early.answers == [503])
        #expect(Asked(surface).answers == [503])
        surface.open(to: Opened())
        #expect(early.answers == [503])
        #expect(Asked(surface).answers == [200])
    }
}
