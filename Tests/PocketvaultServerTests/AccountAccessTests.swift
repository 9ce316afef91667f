import AWS
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing

@testable import PocketvaultServer

/// Who may make, drop, keep and put back accounts where signatures are verified.
@Suite struct AccountAccessTests {
    private let server: ScratchServer

    init() throws {
        server = try ScratchServer(signatures: .verify, root: "AKIAROOTROOTROOTROOT:root-secret-1")
    }

    private var root: RequestSigner {
        RequestSigner(
            accessKeyID: "AKIAROOTROOTROOTROOT",
            secretAccessKey: "root-secret-1",
            time: server.scratch.clock.now
        )
    }

    private func send(
        _ method: String,
        _ path: String,
        _ body: String = "",
        by signer: RequestSigner?
    ) throws -> HTTPResponse {
        let request = HTTPRequest(
            method: method,
            path: "/_pocketvault/\(path)",
            headers: HTTPHeaders(
                [ControlTests.json, (name: "Host", value: "127.0.0.1:4566")]
            ),
            body: Array(body.utf8)
        )
        return server.send(try signer?.sign(request) ?? request)
    }

    /// An account that was made, and the signer of its root.
    private func made(_ body: String = "{}") throws -> (account: String, signer: RequestSigner) {
        let answer = try send("POST", "accounts", body, by: root).json
        let account = try #require(answer["account"]?.string)
        let signer = RequestSigner(
            accessKeyID: account,
            secretAccessKey: try #require(answer["secretAccessKey"]?.string),
            time: server.scratch.clock.now
        )
        return (account, signer)
    }

    @Test func `The key pair of a made account signs its calls until it is dropped`() throws {
        let (account, signer) = try made()
        let call = { try server.send(signer.call(.listSecrets, "{}")).status }
        #expect(try call() == 200)
        let reset = try send("POST", "reset", #"{"account":"\#(account)"}"#, by: root)
        #expect(reset.status == 200)
        #expect(try call() == 200)
        #expect(try send("DELETE", "accounts/\(account)", by: signer).status == 200)
        #expect(try call() == 400)
    }

    @Test func `Nobody but a root makes accounts, and only of its own account a copy`() throws {
        let (account, signer) = try made()
        for body in ["{}", #"{"template":"000000000000"}"#] {
            #expect(try send("POST", "accounts", body, by: nil).status == 403)
            #expect(try send("POST", "accounts", body, by: signer).status == 403)
        }
        let copy = #"{"template":"\#(account)"}"#
        #expect(try send("POST", "accounts", copy, by: signer).status == 200)
        // Whoever has the copy reads all its values.
        #expect(try send("POST", "accounts", copy, by: root).status == 403)
    }

    @Test func `An account is dropped by its root and the server's, and nobody else`() throws {
        let (one, other) = (try made(), try made())
        #expect(try send("DELETE", "accounts/\(one.account)", by: nil).status == 403)
        #expect(try send("DELETE", "accounts/\(one.account)", by: other.signer).status == 403)
        #expect(try send("DELETE", "accounts/\(one.account)", by: one.signer).status == 200)
        #expect(try send("DELETE", "accounts/\(other.account)", by: root).status == 200)
    }

    @Test func `A root keeps its own account and puts it back; all is for the server's`() throws {
        let (one, other) = (try made(), try made())
        let own = #"{"account":"\#(one.account)"}"#
        #expect(try send("POST", "snapshots/mine", own, by: one.signer).status == 200)
        for signer in [nil, other.signer] {
            #expect(try send("POST", "snapshots/mine", own, by: signer).status == 403)
            #expect(try send("POST", "snapshots/mine/restore", own, by: signer).status == 403)
            #expect(try send("POST", "snapshots/mine/restore", "{}", by: signer).status == 403)
            #expect(try send("POST", "snapshots/all", "{}", by: signer).status == 403)
            #expect(try send("GET", "snapshots", by: signer).status == 403)
            #expect(try send("DELETE", "snapshots/mine", by: signer).status == 403)
        }
        // Nor may anybody put what is its own in the place of what is another's.
        let theirs = #"{"account":"\#(other.account)"}"#
        #expect(try send("POST", "snapshots/mine", theirs, by: other.signer).status == 403)
        #expect(try send("POST", "snapshots/mine/restore", own, by: one.signer).status == 200)
        #expect(try send("DELETE", "snapshots/mine", by: one.signer).status == 200)
        #expect(try send("POST", "snapshots/all", "{}", by: root).status == 200)
        #expect(try send("GET", "snapshots", by: root).status == 200)
    }
}
