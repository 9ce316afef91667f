import COpenSSL
import Glibc
import HTTPServer
import Testing
import Threads

@Suite("TLS", .timeLimit(.minutes(2)))
struct TLSTests {
    @Test("https and http are answered on one port, and each is told from the other")
    func bothOnOnePort() throws {
        let server = try TLSServer()
        let encrypted = try server.client()
        let plain = RawClient(port: server.port)
        for _ in 0..<3 {
            encrypted.send(request("GET", "/encrypted"))
            plain.send(request("GET", "/encrypted"))
            #expect(encrypted.receive()?.body == "true")
            #expect(plain.receive()?.body == "false")
        }
    }

    @Test("TLS 1.2 and 1.3 are spoken, and nothing older", arguments: [true, false])
    func versions(isNewest: Bool) throws {
        let server = try TLSServer()
        let client = try server.client { $0.version = isNewest ? TLS1_3_VERSION : TLS1_2_VERSION }
        #expect(client.tlsVersion == (isNewest ? "TLSv1.3" : "TLSv1.2"))
        client.send(request("GET", "/encrypted"))
        #expect(client.receive()?.body == "true")
        let older = try server.client { $0.version = TLS1_1_VERSION }
        #expect(!older.isConnected)
    }

    @Test("who asks for HTTP/2 as well gets HTTP/1.1, who asks for it alone gets nothing")
    func protocols() throws {
        let server = try TLSServer()
        let http2: [UInt8] = [2] + Array("h2".utf8)
        let http1: [UInt8] = [8] + Array("http/1.1".utf8)
        let both = try server.client { $0.protocols = http2 + http1 }
        #expect(both.chosenProtocol == "http/1.1")
        both.send(request())
        #expect(both.receive()?.status == 200)
        let neither = try server.client()
        #expect(neither.chosenProtocol == nil)
        #expect(neither.isConnected)
        #expect(!(try server.client { $0.protocols = http2 }).isConnected)
    }

    @Test("the client's own address is told, not that of the relay")
    func peer() throws {
        let server = try TLSServer()
        let client = try server.client()
        client.send(request("GET", "/peer"))
        #expect(client.receive()?.body == "127.0.0.1")
    }

    @Test("who does not trust the authority, or wants another name, is told of once it has gone")
    func untrusted() throws {
        let server = try TLSServer()
        let other = try TLSServer().settings()
        #expect(!RawClient(port: server.port, other).isConnected)
        #expect(!(try server.client { $0.name = "vault.test" }).isConnected)
        wait("not both were noticed") { server.untrusted.count == 2 }
    }

    @Test("bodies of a megabyte and answers of three go through whole, one after the other")
    func large() throws {
        let server = try TLSServer()
        let client = try server.client()
        let body = [UInt8](repeating: 120, count: 1_000_000)
        for _ in 0..<3 {
            client.send(request("POST", "/a", "Content-Length: \(body.count)"))
            client.send(body)
            #expect(client.receive()?.body == "POST /a - 1000000")
            client.send(request("GET", "/large"))
            #expect(client.receive()?.body.utf8.count == 3_000_000)
        }
    }

    @Test("requests that come in pieces, or many in one, are answered in their order")
    func pieces() throws {
        let server = try TLSServer()
        let client = try server.client()
        for byte in request("GET", "/slow").utf8 { client.send([byte]) }
        #expect(client.receive()?.body == "GET /slow - 0")
        client.send((0..<100).map { request("GET", "/\($0)") }.joined())
        for number in 0..<100 { #expect(client.receive()?.body == "GET /\(number) - 0") }
    }

    @Test("an answer that comes later wakes the connection")
    func later() throws {
        let server = try TLSServer()
        let client = try server.client()
        for _ in 0..<5 {
            client.send(request("GET", "/later"))
            #expect(client.receive()?.body == "GET /later - 0")
        }
    }

    @Test("a client that has said all still gets its answer", arguments: ["/now", "/later"])
    func halfClosed(path: String) throws {
        let server = try TLSServer()
        let client = try server.client()
        client.send(request("GET", path))
        client.finishSending()
        #expect(client.receive()?.body == "GET \(path) - 0")
        #expect(client.isClosedByServer())
    }

    @Test("an answer that says that it closes arrives whole before the connection ends")
    func closing() throws {
        let server = try TLSServer()
        let client = try server.client()
        client.send(request("GET", "/large", "Connection: close"))
        #expect(client.receive()?.body.utf8.count == 3_000_000)
        #expect(client.isClosedByServer())
    }

    @Test("a client that reads slowly gets all of a large answer")
    func slowReader() throws {
        let server = try TLSServer()
        let client = try server.client()
        client.send(request("GET", "/large", "Connection: close"))
        usleep(300_000)
        #expect(client.receiveAll().utf8.count > 3_000_000)
    }

    @Test("what begins with anything else is the daemon's to refuse")
    func garbage() throws {
        let server = try TLSServer()
        for bytes in [[0x17, 3, 3, 0, 1, 0], [0, 13, 10, 13, 10], Array("\u{80}\r\n\r\n".utf8)] {
            let client = RawClient(port: server.port)
            client.send(bytes)
            client.finishSending()
            let answer = client.receiveAll()
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400"))
        }
        let broken = RawClient(port: server.port)
        broken.send([0x16, 3, 1, 0, 4, 1, 0, 0, 0] + Array("GET / HTTP/1.1\r\n\r\n".utf8))
        #expect(!broken.receiveAll().contains("HTTP/1.1"))
        let client = try server.client()
        client.send(request())
        #expect(client.receive()?.status == 200)
    }

    @Test("a page of the server's own may call it over https, and only so")
    func origin() throws {
        let server = try TLSServer()
        let host = "Host: localhost:\(server.port)"
        func status(_ client: RawClient, _ scheme: String) -> Int? {
            client.send(request("GET", "/", host, "Origin: \(scheme)://localhost:\(server.port)"))
            return client.receive()?.status
        }
        #expect(status(try server.client(), "https") == 200)
        #expect(status(try server.client(), "http") == 403)
        #expect(status(RawClient(port: server.port), "http") == 200)
        #expect(status(RawClient(port: server.port), "https") == 403)
    }
}
