import Dispatch
import Glibc
import HTTPServer
import Testing

@Suite("HTTP transport")
struct TransportTests {
    @Test("a request is answered on the connection it came on, again and again")
    func keepAlive() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        for number in 1...3 {
            client.send(request("POST", "/a%20b?x=\(number)", "Content-Length: 3") + "abc")
            #expect(client.receive()?.body == "POST /a%20b x=\(number) 3")
        }
    }

    @Test("pipelined requests are answered in their order")
    func pipelining() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/1") + request("GET", "/later") + request("GET", "/3"))
        #expect(client.receive()?.body == "GET /1 - 0")
        #expect(client.receive()?.body == "GET /later - 0")
        #expect(client.receive()?.body == "GET /3 - 0")
    }

    @Test("chunks, their extensions and trailers make one body")
    func chunks() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("POST", "/", "Transfer-Encoding: chunked"))
        client.send("3;name=value\r\nabc\r\n5\r\ndefgh\r\n0\r\nX-Note: x\r\n\r\n")
        #expect(client.receive()?.body == "POST / - 8")
    }

    @Test("a client that expects 100-continue is told to go on")
    func continuation() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("POST", "/", "Expect: 100-continue", "Content-Length: 2"))
        #expect(client.receive()?.status == 100)
        client.send("ab")
        #expect(client.receive()?.body == "POST / - 2")
    }

    @Test("a body in many pieces is put together")
    func pieces() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        for byte in request("POST", "/p", "Content-Length: 4").utf8 { client.send([byte]) }
        for byte in "abcd".utf8 { client.send([byte]) }
        #expect(client.receive()?.body == "POST /p - 4")
    }

    @Test("pipelined requests with bodies, some answered later, keep their order")
    func pipelinedBodies() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        var text = ""
        for number in 0..<20 {
            let path = number.isMultiple(of: 3) ? "/later" : "/now"
            text += request("POST", path + "?\(number)", "Content-Length: 3") + "abc"
        }
        client.send(text)
        for number in 0..<20 {
            let path = number.isMultiple(of: 3) ? "/later" : "/now"
            #expect(client.receive()?.body == "POST \(path) \(number) 3")
        }
    }

    @Test("the answer to a HEAD has the length of the body and no body")
    func head() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("HEAD", "/x", "Connection: close"))
        let text = client.receiveAll()
        #expect(text.contains("Content-Length: 11\r\n"))
        #expect(text.hasSuffix("\r\n\r\n"))
    }

    @Test("an answer that cannot be sent becomes a 500, and no header is injected")
    func brokenAnswer() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/broken"))
        let response = client.receive()
        #expect(response?.status == 500)
        #expect(response?.header("x-c") == nil)
    }

    @Test("three megabytes arrive whole")
    func largeAnswer() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/large"))
        #expect(client.receive()?.body.utf8.count == 3_000_000)
    }

    @Test("a client that goes away while its answer is made harms nobody")
    func impatientClients() throws {
        let server = try EchoServer()
        for _ in 0..<20 {
            let client = RawClient(port: server.port)
            client.send(request("GET", "/later"))
            let reader = RawClient(port: server.port)
            reader.send(request("GET", "/large"))
        }
        let client = RawClient(port: server.port)
        client.send(request("GET", "/later"))
        #expect(client.receive()?.status == 200)
    }

    @Test("HTTP/1.0 without a Host is answered")
    func oldClients() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send("GET /old HTTP/1.0\r\n\r\n")
        #expect(client.receive()?.body == "GET /old - 0")
        #expect(client.isClosedByServer())
        let keeper = RawClient(port: server.port)
        for _ in 0..<2 {
            keeper.send("GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(keeper.receive()?.body == "GET /old - 0")
        }
    }

    @Test("the first of two answers counts")
    func twoAnswers() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/twice") + request("GET", "/next"))
        #expect(client.receive()?.status == 200)
        #expect(client.receive()?.body == "GET /next - 0")
    }

    @Test("an exchange that is dropped is answered with an empty 500")
    func dropped() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/forgotten"))
        let response = client.receive()
        #expect(response?.status == 500)
        #expect(response?.body == "")
    }

    @Test("64 connections are served at once, some at once and some later")
    func manyConnections() throws {
        let server = try EchoServer()
        let port = server.port
        let served = Counter()
        concurrently(64) { number in
            let client = RawClient(port: port)
            for round in 0..<10 {
                let path = (number + round).isMultiple(of: 2) ? "/now" : "/later"
                client.send(request("POST", "\(path)?\(number)", "Content-Length: 2") + "ab")
                if client.receive()?.body == "POST \(path) \(number) 2" { served.add() }
            }
        }
        #expect(served.count == 640)
    }

    @Test("a port that was just given up can be taken again")
    func portAgain() throws {
        let first = try EchoServer()
        let client = RawClient(port: first.port)
        client.send(request())
        #expect(client.receive()?.status == 200)
        first.listener.stop()
        let second = try EchoServer(HTTPConfiguration(host: "localhost", port: first.port))
        #expect(second.port == first.port)
    }

    @Test("a port that is taken is told, with what to do")
    func portTaken() throws {
        let server = try EchoServer()
        let port = server.port
        let error = #expect(throws: ListenerError.self) {
            try Listener(HTTPConfiguration(port: port)) { _, _ in }
        }
        #expect(error == .portTaken(port))
        #expect(error?.description.contains("--port") == true)
    }

    @Test(
        "a host that is no address of this machine is told",
        arguments: [
            ("192.0.2.1", ListenerError.addressNotHere("192.0.2.1")),
            ("example.com", .notAnAddress("example.com")), ("", .notAnAddress("")),
            ("127.1", .notAnAddress("127.1")),
        ]
    )
    func badHost(host: String, expected: ListenerError) {
        let error = #expect(throws: ListenerError.self) {
            try Listener(HTTPConfiguration(host: host)) { _, _ in }
        }
        #expect(error == expected)
    }
}
