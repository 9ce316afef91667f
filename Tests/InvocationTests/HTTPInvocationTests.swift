import HTTPServer
import Invocation
import Testing
import Threads

@Suite("A function that is called over HTTP")
struct HTTPInvocationTests {
    /// What the host of the function was sent.
    private final class Host: Sendable {
        let listener: Listener
        private let received: Locked<HTTPRequest?>
        private let kept: Locked<[Exchange]>

        init(_ response: HTTPResponse?) throws {
            let received = Locked<HTTPRequest?>(nil)
            let kept = Locked<[Exchange]>([])
            self.received = received
            self.kept = kept
            listener = try Listener(HTTPConfiguration()) { request, exchange in
                received.withLock { $0 = request }
                if let response {
                    exchange.answer(response)
                } else {
                    kept.withLock { $0.append(exchange) }
                }
            }
        }

        var request: HTTPRequest? { received.withLock { $0 } }

        deinit {
            listener.stop(graceMilliseconds: 0)
            kept.withLock { $0 = [] }
        }
    }

    private func call(
        _ url: String,
        timeoutMilliseconds: Int = 20_000,
        _ cancellation: Cancellation = Cancellation()
    ) -> InvocationResult {
        HTTPInvocation(
            url: url,
            body: Array(#"{"Step":"createSecret"}"#.utf8),
            signer: HTTPInvocation.Signer(
                accessKeyID: "123456789012",
                secretAccessKey: "test",
                region: "eu-west-1",
                service: "lambda"
            ),
            timeoutMilliseconds: timeoutMilliseconds
        ).run(until: cancellation)
    }

    @Test func `It is a POST of JSON, signed for Lambda in the account and region`() throws {
        let host = try Host(HTTPResponse(status: 200, body: Array("null".utf8)))
        let result = call(
            "http://127.0.0.1:\(host.listener.port)/2015-03-31/functions/f/invocations"
        )
        guard case .answered(let answer) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(answer.status == 200)
        #expect(answer.body == Array("null".utf8))
        let request = try #require(host.request)
        #expect(request.method == "POST")
        #expect(request.path == "/2015-03-31/functions/f/invocations")
        #expect(request.body == Array(#"{"Step":"createSecret"}"#.utf8))
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(request.headers["Expect"] == nil)
        let authorization = request.headers["Authorization"] ?? ""
        #expect(authorization.hasPrefix("AWS4-HMAC-SHA256 Credential=123456789012/"))
        #expect(authorization.contains("/eu-west-1/lambda/aws4_request"))
    }

    @Test func `Status, fields and body are the host's`() throws {
        let host = try Host(
            HTTPResponse(
                status: 502,
                headers: [("X-Amz-Function-Error", " Unhandled ")],
                body: Array("{}".utf8)
            )
        )
        guard case .answered(let answer) = call("http://127.0.0.1:\(host.listener.port)/") else {
            Issue.record("no answer")
            return
        }
        #expect(answer.status == 502)
        #expect(answer["x-amz-function-error"] == "Unhandled")
        #expect(answer["x-other"] == nil)
        #expect(answer.body == Array("{}".utf8))
    }

    @Test func `Nobody there is a failure`() {
        guard case .failed(let reason) = call("http://127.0.0.1:9/") else {
            Issue.record("not a failure")
            return
        }
        #expect(reason.contains("connect"))
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/", "http://", "nonsense:", ""])
    func `What is no HTTP URL is a failure`(url: String) {
        guard case .failed = call(url) else {
            Issue.record("not a failure")
            return
        }
    }

    @Test func `A redirection is not followed`() throws {
        let host = try Host(
            HTTPResponse(status: 302, headers: [("Location", "http://127.0.0.1:9/")])
        )
        guard case .answered(let answer) = call("http://127.0.0.1:\(host.listener.port)/") else {
            Issue.record("no answer")
            return
        }
        #expect(answer.status == 302)
    }

    @Test func `A host that does not answer is given up after the time-out`() throws {
        let host = try Host(nil)
        #expect(
            call("http://127.0.0.1:\(host.listener.port)/", timeoutMilliseconds: 100)
                == .failed("Task timed out after 100 milliseconds")
        )
    }

    @Test func `When nobody waits any more it is given up at once`() throws {
        let host = try Host(nil)
        let cancellation = Cancellation()
        cancellation.cancel()
        #expect(call("http://127.0.0.1:\(host.listener.port)/", cancellation) == .cancelled)
    }

    @Test func `More than is kept of a body is thrown away`() throws {
        let body = [UInt8](repeating: 120, count: 3_000_000)
        let host = try Host(HTTPResponse(status: 200, body: body))
        guard case .answered(let answer) = call("http://127.0.0.1:\(host.listener.port)/") else {
            Issue.record("no answer")
            return
        }
        #expect(answer.body.count == HTTPAnswer.maximumLength)
    }
}
