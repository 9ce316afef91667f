import AWS
import HTTPServer
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

/// What a web page can have a browser send without an Origin: the GET of a picture's address.
///
/// That a browser says so, and is refused, is the transport's part: `HTTPServerTests`.
@Suite("A web page")
struct WebPageTests {
    private static let refusal =
        "<Code>MissingAuthenticationToken</Code>"
        + "<Message>Request is missing Authentication Token</Message>"

    private func read(_ method: String, _ query: String, _ server: ScratchServer) -> HTTPResponse {
        server.send(HTTPRequest(method: method, path: "/", query: query))
    }

    @Test("changes nothing in IAM by an address, by any operation", arguments: IAMAction.allCases)
    func identityAndAccess(action: IAMAction) throws {
        try check(action.operation, version: "2010-05-08")
    }

    /// CloudTrail calls new sessions reads; here they are sealed in the write lane.
    @Test("gets no session by an address", arguments: STSAction.allCases)
    func securityTokens(action: STSAction) throws {
        let givesSession: [STSAction] = [
            .assumeRole, .assumeRoleWithWebIdentity, .getFederationToken, .getSessionToken,
        ]
        #expect(action.operation.isReading == !givesSession.contains(action))
        try check(action.operation, version: "2011-06-15")
    }

    private func check(_ operation: ServiceOperation, version: String) throws {
        let query = "Action=\(operation.name)&Version=\(version)"
        let response = read("GET", query, try ScratchServer())
        #expect(response.text.contains(Self.refusal) == !operation.isReading, "\(response.text)")
        if !operation.isReading { #expect(response.status == 403) }
    }

    @Test("is refused whatever it says of a signature that nobody looks at")
    func pretendedSignature() throws {
        let server = try ScratchServer()
        let call = "Action=CreateUser&Version=2010-05-08&UserName=mallory"
        let credential = "AKIAIOSFODNN7EXAMPLE/20260115/us-east-1/iam/aws4_request"
        for query in [
            call, "\(call)&X-Amz-Signature=x",
            "\(call)&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=\(credential)"
                + "&X-Amz-Date=20260115T000000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=00ff",
        ] {
            #expect(read("GET", query, server).text.contains(Self.refusal))
            #expect(read("HEAD", query, server).status == 403)
        }
        let header = HTTPHeaders([(name: "Authorization", value: signed(service: "iam"))])
        let request = HTTPRequest(method: "GET", path: "/", query: call, headers: header)
        #expect(server.send(request).status == 403)
        let users = read("GET", "Action=ListUsers&Version=2010-05-08", server)
        #expect(users.status == 200)
        #expect(!users.text.contains("mallory"))
    }

    @Test("is something else than a GET whose signature is right: that one changes what it says")
    func verifiedSignature() throws {
        let server = try ScratchServer(signatures: .verify)
        var signer = try server.scratch.signer(of: server.scratch.user("admin"), 1)
        signer.service = "iam"
        func request(_ name: String) -> HTTPRequest {
            HTTPRequest(
                method: "GET",
                path: "/",
                query: "Action=CreateUser&Version=2010-05-08&UserName=\(name)",
                headers: HTTPHeaders([(name: "Host", value: "127.0.0.1:4566")])
            )
        }
        #expect(server.send(try signer.presign(request("presigned"))).status == 200)
        #expect(server.send(try signer.sign(request("signed"))).status == 200)
        #expect(server.send(request("unsigned")).text.contains(Self.refusal))
        let forged = try signer.presign(request("presigned")).query ?? ""
        let other = forged.replacing("UserName=presigned", with: "UserName=forged")
        #expect(server.send(request("forged").with(query: other)).status == 403)
    }

    @Test(
        "changes nothing of the control surface by an address",
        arguments: [
            "/_pocketvault/health", "/_pocketvault/ready", "/_pocketvault/reset",
            "/moto-api/reset", "/_pocketvault/clock", "/_pocketvault/audit",
            "/_pocketvault/audit/verify", "/_pocketvault/policy/explain",
            "/_pocketvault/policy/simulate", "/_pocketvault/policy/suggest",
            "/_localstack/health", "/health", "/_pocketvault/seed",
        ],
        ["GET", "HEAD"]
    )
    func controlSurface(path: String, method: String) throws {
        let server = try ScratchServer()
        _ = server.call("CreateSecret", FrontEndTests.newSecret)
        let frozen = #"{"freeze":true}"#
        _ = server.send(.post(frozen, [ControlTests.json], path: "/_pocketvault/clock"))
        let clock = server.send(.get("/_pocketvault/clock")).text
        let list = server.call("ListSecrets", "{}").text
        let orders = #"{"erase":true,"reset":true,"principal":"arn:aws:iam::000000000000:root"}"#
        let request = HTTPRequest(
            method: method,
            path: path,
            query: "reset=true&erase=true&advance=P1D&principal=arn:aws:iam::000000000000:root",
            headers: HTTPHeaders([ControlTests.json]),
            body: Array(orders.utf8)
        )
        _ = server.send(request)
        #expect(server.send(.get("/_pocketvault/clock")).text == clock)
        #expect(server.call("ListSecrets", "{}").text == list)
    }
}
