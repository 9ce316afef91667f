import AWS
import HTTPServer
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

/// What policies are told of connections.
@Suite struct SecureTransportTests {
    /// The policy that many accounts have: nothing over what is not TLS.
    private static let policy =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},"#
        + #"{"Effect":"Deny","Action":"*","Resource":"*","#
        + #""Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}"#

    private func status(_ mode: SecureTransport?, isEncrypted: Bool = false) throws -> Int {
        let server = try ScratchServer(policies: .enforce) { configuration in
            if let mode { configuration.secureTransport = mode }
        }
        try server.scratch.iam(.createUser, ["UserName": "u"])
        try server.scratch.iam(
            .putUserPolicy,
            ["UserName": "u", "PolicyName": "p", "PolicyDocument": .string(Self.policy)]
        )
        let key = try server.scratch.iam(.createAccessKey, ["UserName": "u"])["AccessKey"]
        let id = key?["AccessKeyId"]?.string ?? ""
        let request = HTTPRequest(
            method: "POST",
            path: "/",
            headers: HTTPHeaders([
                (name: "X-Amz-Target", value: "secretsmanager.ListSecrets"),
                (name: "Content-Type", value: "application/x-amz-json-1.1"),
                (name: "Authorization", value: signed(key: id, region: "us-east-1")),
            ]),
            body: Array("{}".utf8),
            isEncrypted: isEncrypted
        )
        return server.send(request).status
    }

    @Test func `C55: a connection counts as secure, as every one of AWS's is`() throws {
        #expect(try status(nil) == 200)
        #expect(try status(.assumed) == 200)
    }

    @Test func `C55: who wants the wire's truth has it`() throws {
        #expect(try status(.wire) == 400)
        #expect(try status(.wire, isEncrypted: true) == 200)
    }
}
