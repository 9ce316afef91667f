import Glibc
import HTTPServer
import Testing

@Suite("What comes after a chunked body")
struct TrailerTests {
    private func head(_ fields: String..., longBytes: Int) -> String {
        let long = "X-Long: " + String(repeating: "x", count: longBytes)
        let lines = ["POST / HTTP/1.1", "Host: 127.0.0.1"] + fields + [long]
        return (lines + ["Transfer-Encoding: chunked", "", ""]).joined(separator: "\r\n")
    }

    private func trailers(_ count: Int) -> String {
        (0..<count).map { "Y\($0): a\r\n" }.joined() + "\r\n"
    }

    /// The statuses of the answers, each of which must be whole.
    private func statuses(of texts: [String]) throws -> (sent: [Int], handled: Int) {
        let handled = Counter()
        let listener = try Listener(HTTPConfiguration(threads: 1)) { _, exchange in
            handled.add()
            let headers = [("X-Long", String(repeating: "x", count: 1_000))]
            exchange.answer(HTTPResponse(status: 200, headers: headers))
        }
        let sent = try texts.enumerated().map { number, text in
            let client = RawClient(port: listener.port)
            client.send(text)
            return try #require(client.receive(), "no answer to number \(number)").status
        }
        return (sent, handled.count)
    }

    @Test("fields that leave no room for an answer are refused, and nothing is served without one")
    func room() throws {
        let texts = [(20_000, 120..<220), (1_000, 400..<460)].flatMap { longBytes, counts in
            counts.map { head(longBytes: longBytes) + "1\r\na\r\n0\r\n" + trailers($0) }
        }
        let (sent, handled) = try statuses(of: texts)
        #expect(Set(sent) == [200, 431])
        #expect(handled == sent.count { $0 == 200 })
    }

    @Test("one long field is refused for its length or its name")
    func longField() throws {
        let texts = stride(from: 9_000, to: 12_800, by: 100).map { length in
            let field = "Content-Type: " + String(repeating: "y", count: length)
            return head(longBytes: 20_000) + "1\r\na\r\n0\r\n\(field)\r\n\r\n"
        }
        let (sent, handled) = try statuses(of: texts)
        #expect(Set(sent) == [400, 431])
        #expect(handled == 0)
    }

    @Test("what was refused before its body has that answer, whatever comes after it")
    func refusedBefore() throws {
        let texts = stride(from: 0, to: 220, by: 5).map {
            let head = head("Origin: http://evil.example", longBytes: 20_000)
            return head + "1\r\na\r\n0\r\n" + trailers($0)
        }
        let (sent, handled) = try statuses(of: texts)
        #expect(sent.first == 403)
        #expect(Set(sent).isSubset(of: [403, 431]))
        #expect(handled == 0)
    }

    @Test("a field in two pieces does not make the last one of the head come after the body")
    func pieces() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(
            head(longBytes: 20_000) + "1\r\na\r\n0\r\nY: " + String(repeating: "y", count: 700)
        )
        usleep(50_000)
        client.send("yy\r\n\r\n")
        #expect(client.receive()?.status == 200)
    }
}
