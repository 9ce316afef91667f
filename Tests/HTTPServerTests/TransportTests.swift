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
        client.send("3;name=value\r\nabc\r\n5\r\ndefgh\r\n0\r\nTrailer: x\r\n\r\n")
        #expect(client.receive()?.body == "POST / - 8")
    }

    @Test("a client that expects 100-continue is told to go on")
    func continuation() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("POST", "/", "Expect: 100-continue", "Content-Length: 2"))
        client.send("ab")
        #expect(client.receive()?.body == "POST / - 2")
    }

    @Test("HTTP/1.0 without a Host is answered")
    func oldClients() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send("GET /old HTTP/1.0\r\n\r\n")
        #expect(client.receive()?.body == "GET /old - 0")
    }

    @Test("the first of two answers counts")
    func twoAnswers() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/twice"))
        #expect(client.receive()?.status == 200)
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
    func manyConnections() async throws {
        let server = try EchoServer()
        let port = server.port
        let answers = await withTaskGroup(of: Int.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let client = RawClient(port: port)
                    let path = number.isMultiple(of: 2) ? "/now" : "/later"
                    var count = 0
                    for _ in 0..<10 {
                        client.send(request("POST", path, "Content-Length: 2") + "ab")
                        if client.receive()?.body == "POST \(path) - 2" { count += 1 }
                    }
                    return count
                }
            }
            return await group.reduce(0, +)
        }
        #expect(answers == 640)
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
            ("8.8.8.8", ListenerError.addressNotHere("8.8.8.8")),
            ("example.com", .notAnAddress("example.com")),
        ]
    )
    func badHost(host: String, expected: ListenerError) {
        let error = #expect(throws: ListenerError.self) {
            try Listener(HTTPConfiguration(host: host)) { _, _ in }
        }
        #expect(error == expected)
    }
}
