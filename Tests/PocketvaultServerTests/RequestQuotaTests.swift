import AWS
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing

@testable import PocketvaultServer

/// AWS's request rates, where somebody asks for them.
@Suite struct RequestQuotaTests {
    private func password(_ server: ScratchServer, key: String, region: String) -> Int {
        server.call(
            "GetRandomPassword",
            "{}",
            authorization: signed(key: key, region: region)
        ).status
    }

    private func password(_ server: ScratchServer) -> Int {
        password(server, key: "000000000000", region: "us-east-1")
    }

    private func limited() throws -> ScratchServer {
        try ScratchServer { $0.enforcesQuotas = true }
    }

    @Test func `A second's calls pass, the next is throttled, and a part of a second fills a part`()
        throws
    {
        let server = try limited()
        for _ in 0..<50 { #expect(password(server) == 200) }
        let answer = server.call("GetRandomPassword", "{}")
        #expect(answer.text == #"{"__type":"ThrottlingException","message":"Rate exceeded"}"#)
        server.scratch.clock.advance(milliseconds: 100)
        #expect((1...6).map { _ in password(server) } == [200, 200, 200, 200, 200, 400])
        server.scratch.clock.advance(days: 1)
        for _ in 0..<50 { #expect(password(server) == 200) }
        #expect(password(server) == 400)
    }

    @Test func `Each account and region has its own, and operations of one quota share it`() throws
    {
        let server = try limited()
        for _ in 0..<51 { _ = password(server) }
        #expect(password(server) == 400)
        #expect(password(server, key: "111111111111", region: "us-east-1") == 200)
        #expect(password(server, key: "000000000000", region: "eu-west-1") == 200)
        let tag = #"{"SecretId":"a","Tags":[{"Key":"k","Value":"v"}]}"#
        for _ in 0..<50 {
            #expect(server.call("TagResource", tag).json["__type"] == "ResourceNotFoundException")
        }
        let untag = server.call("UntagResource", #"{"SecretId":"a","TagKeys":["k"]}"#)
        #expect(untag.json["__type"] == "ThrottlingException")
    }

    @Test func `Nobody is throttled unless it was asked for`() throws {
        let server = try ScratchServer()
        for _ in 0..<120 { #expect(password(server) == 200) }
    }

    @Test func `A frozen clock fills nothing again`() throws {
        let server = try limited()
        let freeze = HTTPRequest.post(
            #"{"freeze":true}"#,
            [ControlTests.json],
            path: "/_pocketvault/clock"
        )
        #expect(server.send(freeze).status == 200)
        for _ in 0..<50 { #expect(password(server) == 200) }
        server.scratch.clock.advance(days: 1)
        #expect(password(server) == 400)
    }
}
