import AWS
import Foundation
import HTTPServer
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

/// Tokens of identity providers on the wire: nobody signs the call, and keys tell true ones.
///
/// Keys and tokens are of the openssl command's making; the tokens end in 2027.
@Suite struct WebIdentityTests {
    private static let modulus =
        "kEy9uxN_b90R-Eh98FGMM6ELtliU0DOKFsN-EdB7Uq18tL-lzcpwomLWGebMsjMPiV5-w157Iqf9KfRV"
        + "JK2X9-kp82k0FJ7aH_uMzpykUmH1MHm0Ykw3g1f5P1F0yTXf2konkvoPiz1pzzMVFBsYq0cf0-HqeKdF"
        + "f7iXtzHIeiAEtSG8SseSc3kbz6uMNRaACMhFxiC7R2oTYtwLWPCRk3u9DEWR7hMf6FYdpE1KRQqV_n-_"
        + "16Tl9l6ORt2kSz15PrgvhxNP4a1xA5Wjb3stomAlHs9DZCsMnHnciyXXmVY2nQwXqoKY0018hBSTXEQY"
        + "Jh_YPN0JQvSSl9JvMwqlKQ"
    private static let x = "q6qggms4Cw_mgVich7d6GHHP097ZStlQW68Mtx_9auA"
    private static let y = "3BTLbjBtwPQT6iP0G55J4gzJg5VHdd2o4m1GBZ1Qy5s"
    private static let rsaToken =
        "eyJhbGciOiJSUzI1NiIsImtpZCI6InIifQ.eyJpc3MiOiJodHRwczovL3Rva2VuLmlkcC50ZXN0IiwiY"
        + "XVkIjoic3RzLmFtYXpvbmF3cy5jb20iLCJzdWIiOiJyZXBvOmFwcC93ZWIiLCJleHAiOjE4MDAwMDAwM"
        + "DB9.Zc4irtoZ205CGyeGbuT_g1lDghUokj5NmrNOw-X_lOKA2NPxmf7vnnua8mvXOv-Auj4uJA2dK2lC"
        + "SA__g9f2moUMtZDo2puaQUo2H7bYQKo-ZDAU95pgoCN3dfUr_8GqbVfqk5rR9H4Qiz3_4vXQ9PtUZ-I7"
        + "PdfZzedoaf1LFJ1Q0dCVkipX3gaiy3uAjAMPbStYQnhUJQyTCto1BnyA76kmkGqfbGL-gCUEZpOuna9T"
        + "UWg3PwdsKs5-AvpFM2eUCSRFxsYmiNhhUlEvbTKD90BoJQjMYGVA5P9DhGiB-KLtuYKQQYXbTHxCAxFk"
        + "Z7EgtNWGZD1C7uQIUF444UtPzg"
    private static let ecToken =
        "eyJhbGciOiJFUzI1NiIsImtpZCI6ImUifQ.eyJpc3MiOiJodHRwczovL3Rva2VuLmlkcC50ZXN0IiwiY"
        + "XVkIjoic3RzLmFtYXpvbmF3cy5jb20iLCJzdWIiOiJyZXBvOmFwcC93ZWIiLCJleHAiOjE4MDAwMDAwM"
        + "DB9.4WcjTQhoPeO6fSBIDuyygNYZdW2p5D7uOJXogH9rqZK4-miEJT5BUculnjrZAIcPVckSQUnvJcRk"
        + "3I9pJiAXXw"

    private static let rsaKey =
        #"{"kty":"RSA","kid":"r","alg":"RS256","use":"sig","e":"AQAB","n":"\#(modulus)"}"#
    private static let ecKey =
        #"{"kty":"EC","kid":"e","crv":"P-256","x":"\#(x)","y":"\#(y)"}"#

    private static func set(_ keys: String...) -> String {
        #"{"keys":[\#(keys.joined(separator: ","))]}"#
    }

    private static let trust =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"#
        + #""sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"#
        + #""arn:aws:iam::000000000000:oidc-provider/token.idp.test"}}]}"#

    /// A server that verifies signatures and asks policies, with a role for tokens.
    private func server(keys: String? = nil) throws -> ScratchServer {
        var path: String?
        if let keys {
            let file = FileManager.default.temporaryDirectory
                .appending(path: "keys-\(UUID().uuidString).json")
            try Data(keys.utf8).write(to: file)
            path = file.path
        }
        defer { if let path { try? FileManager.default.removeItem(atPath: path) } }
        let server = try ScratchServer(
            signatures: .verify,
            policies: .enforce,
            root: "AKIAROOTROOTROOTROOT:invented-root-secret"
        ) { $0.webIdentityKeys = path }
        try server.scratch.iam(
            .createRole,
            ["RoleName": "web", "AssumeRolePolicyDocument": .string(Self.trust)]
        )
        return server
    }

    private func assume(
        _ token: String,
        at server: ScratchServer,
        _ others: [(String, String)] = []
    ) -> HTTPResponse {
        server.send(
            .post(
                "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=se"
                    + "&RoleArn=arn:aws:iam::000000000000:role/web&WebIdentityToken=\(token)",
                [("Content-Type", "application/x-www-form-urlencoded")] + others
            )
        )
    }

    @Test func `The call is unsigned where signatures are verified too`() throws {
        let server = try server()
        let answer = assume(Self.rsaToken, at: server)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.text.contains("<Provider>arn:aws:iam::000000000000:oidc-provider/"))
        #expect(!server.logText.contains(Self.rsaToken))
        // A signature of nobody's is nothing to it.
        let nobodys = signed(key: "AKIANOBODYSNOBODYS00", region: "us-east-1")
        let credentials = ("Authorization", nobodys)
        #expect(assume(Self.rsaToken, at: server, [credentials]).status == 200)
        let other = server.send(
            .post(
                "Action=GetCallerIdentity&Version=2011-06-15",
                [("Content-Type", "application/x-www-form-urlencoded")]
            )
        )
        #expect(other.status == 403)
    }

    @Test func `Its errors have STS's codes and statuses`() throws {
        let server = try server()
        for (token, status, code) in [
            ("abcd", 400, "InvalidIdentityToken"), ("", 400, "ValidationError"),
        ] {
            let answer = assume(token, at: server)
            #expect(answer.status == status)
            #expect(answer.text.contains("<Code>\(code)</Code>"), "\(answer.text)")
        }
        try server.scratch.iam(
            .updateAssumeRolePolicy,
            [
                "RoleName": "web",
                "PolicyDocument": .string(
                    Self.trust.replacing("\"Allow\"", with: "\"Deny\"")
                ),
            ]
        )
        let denied = assume(Self.rsaToken, at: server)
        #expect(denied.status == 403)
        #expect(denied.text.contains("<Code>AccessDenied</Code>"))
        #expect(denied.text.contains("Not authorized to perform sts:AssumeRoleWithWebIdentity"))
    }

    @Test func `With keys only tokens that one of them has signed will do`() throws {
        let both = try server(keys: Self.set(Self.rsaKey, Self.ecKey))
        #expect(assume(Self.rsaToken, at: both).status == 200)
        #expect(assume(Self.ecToken, at: both).status == 200)
        let altered = Self.rsaToken.dropLast(4) + "AAAA"
        #expect(assume(String(altered), at: both).text.contains("InvalidIdentityToken"))
        let unsigned = Self.rsaToken.split(separator: ".").dropLast().joined(separator: ".") + "."
        #expect(assume(unsigned, at: both).text.contains("InvalidIdentityToken"))
        let one = try server(keys: Self.set(Self.ecKey))
        #expect(assume(Self.rsaToken, at: one).text.contains("InvalidIdentityToken"))
        #expect(assume(Self.ecToken, at: one).status == 200)
    }

    @Test func `A key of another name is another key, and one without a name is any`() throws {
        let renamed = Self.rsaKey.replacing("\"kid\":\"r\"", with: "\"kid\":\"other\"")
        let server = try server(keys: Self.set(renamed))
        #expect(assume(Self.rsaToken, at: server).text.contains("InvalidIdentityToken"))
        let nameless = Self.rsaKey.replacing("\"kid\":\"r\",", with: "")
        let other = try self.server(keys: Self.set(nameless))
        #expect(assume(Self.rsaToken, at: other).status == 200)
    }

    @Test(
        arguments: [
            "", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[]}"#,
            #"{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}"#,
            #"{"keys":[{"kty":"oct","k":"AA"}]}"#,
        ]
    )
    func `A file without a key that is good for anything is no reason to start`(text: String) {
        #expect(throws: StartError.self) {
            try WebIdentityKeys(Array(text.utf8), path: "keys.json")
        }
    }

    @Test func `Keys of other kinds stand beside those that are used`() throws {
        let keys = Self.set(#"{"kty":"OKP","crv":"Ed25519","x":"AA"}"#, Self.ecKey)
        #expect(throws: Never.self) { try WebIdentityKeys(Array(keys.utf8), path: "keys.json") }
        #expect(throws: StartError.self) { try WebIdentityKeys(file: "/nowhere/keys.json") }
    }
}
