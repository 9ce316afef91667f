import AWS
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("Credentials")
struct CredentialTests {
    private let scratch: ScratchVault
    private let authenticator: Authenticator

    init() throws {
        let server = try ScratchServer()
        scratch = server.scratch
        authenticator = server.router.authenticator
    }

    private func caller(_ authorization: String?, query: String? = nil) throws -> Caller {
        let fields = authorization.map { [(name: "authorization", value: $0)] } ?? []
        let request = HTTPRequest(
            method: "POST",
            path: "/",
            query: query,
            headers: HTTPHeaders(fields)
        )
        return try authenticator.caller(request, for: "secretsmanager", requestID: "id")
    }

    @Test(
        "the region is the credential scope's, and twelve digits are the account",
        arguments: [
            ("AKIAIOSFODNN7EXAMPLE", "us-east-1", "000000000000"),
            ("AKIAIOSFODNN7EXAMPLE", "eu-central-1", "000000000000"),
            ("123456789012", "ap-southeast-2", "123456789012"),
            ("12345678901", "us-east-1", "000000000000"),
            ("1234567890123", "us-east-1", "000000000000"),
            ("a/key/with/slashes", "us-west-2", "000000000000"),
            ("test", "local", "000000000000"),
        ]
    )
    func scopes(_ key: String, _ region: String, _ account: String) throws {
        let caller = try caller(signed(key: key, region: region))
        #expect(caller.scope == Scope(account: account, region: region))
        #expect(caller.accessKeyID == key)
        #expect(caller.principal.arn == "arn:aws:iam::\(account):root")
    }

    @Test(
        "what makes no sense is the root of the default account",
        arguments: [
            nil, "", "Basic dXNlcjpwYXNz", "AWS AKID:signature", "AWS4-HMAC-SHA256",
            "AWS4-HMAC-SHA256 Credential=", "AWS4-HMAC-SHA256 Credential=AKID",
            "AWS4-HMAC-SHA256 Credential=AKID/20260115/us-east-1/secretsmanager",
            "AWS4-HMAC-SHA256 Credential=/20260115/us-east-1/secretsmanager/aws4_request",
            "AWS4-HMAC-SHA256 Credential=AKID/20260115//secretsmanager/aws4_request",
            "AWS4-HMAC-SHA256 Credential=AKID/20260115/us-east-1//aws4_request",
            "AWS4-HMAC-SHA256 Credential=AKID/20260115/us:east/secretsmanager/aws4_request",
            "AWS4-HMAC-SHA256 Credential=AKID/20260115/us east/secretsmanager/aws4_request",
            "AWS4-HMAC-SHA256 Credential=AKID/20260115/süd/secretsmanager/aws4_request",
            "AWS4-HMAC-SHA256 CCCredentialCredential", "CCCCCCCCCCCC",
        ] as [String?]
    )
    func malformed(_ authorization: String?) throws {
        let caller = try caller(authorization)
        #expect(caller.scope == .here)
        #expect(caller.accessKeyID == nil)
        #expect(caller.principal.arn == "arn:aws:iam::000000000000:root")
    }

    @Test("a presigned query counts where there is no header")
    func presigned() throws {
        let query =
            "Action=GetCallerIdentity&X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=123456789012%2F20260115%2Feu-west-1%2Fsts%2Faws4_request"
        #expect(try caller(nil, query: query).scope.account == "123456789012")
        #expect(try caller(nil, query: query).scope.region == "eu-west-1")
        #expect(try caller(signed(), query: query).scope == .here)
    }

    /// The caller that credentials of the vault are taken for, without a look at the signature.
    private func believed(_ signer: RequestSigner) throws -> Caller {
        try authenticator.caller(
            try signer.call(.listSecrets, "{}"),
            for: "secretsmanager",
            requestID: "id"
        )
    }

    @Test(
        "keys of the vault are their owner's without a signature too, and closed ones are refused"
    )
    func closedKeys() throws {
        var good = try scratch.signer(of: scratch.user("good", account: "111122223333"), 1)
        good.secretAccessKey = "anything"
        #expect(try believed(good).principal.arn == "arn:aws:iam::111122223333:user/good")
        let idle = try scratch.signer(of: scratch.user("idle"), 2, isActive: false)
        #expect(throws: SignatureFailure.self) { try believed(idle) }
    }

    @Test(
        "a session ends without a signature too, and with its role; a token that nobody knows is none"
    )
    func sessions() throws {
        let role = try scratch.session("task")
        var signer = try scratch.signer(ofSession: role, 1)
        #expect(try believed(signer).principal.arn == role.principal.arn)
        scratch.clock.advance(milliseconds: 3_600_000)
        #expect(throws: SignatureFailure.self) { try believed(signer) }
        let gone = try scratch.session("gone")
        let orphan = try scratch.signer(ofSession: gone, 2)
        try scratch.write { vault throws(APIError) in
            let role = try vault.principal(id: gone.principal.holderID ?? 0)
            if let role { try vault.delete(role) }
        }
        #expect(throws: SignatureFailure.self) { try believed(orphan) }
        signer.sessionToken = "from somewhere else"
        #expect(try believed(signer).principal.arn == "arn:aws:iam::000000000000:root")
    }

    @Test("China and GovCloud have partitions of their own")
    func partitions() throws {
        let china = try caller(signed(region: "cn-north-1")).principal.arn
        #expect(china == "arn:aws-cn:iam::000000000000:root")
        let government = try caller(signed(region: "us-gov-west-1")).principal.arn
        #expect(government == "arn:aws-us-gov:iam::000000000000:root")
    }

    @Test("accounts and regions are worlds apart")
    func worldsApart() throws {
        let server = try ScratchServer()
        let ours = signed(key: "111111111111", region: "eu-west-1")
        #expect(
            server.call("CreateSecret", FrontEndTests.newSecret, authorization: ours).status == 200
        )
        let read = #"{"SecretId":"demo"}"#
        let answer = server.call("DescribeSecret", read, authorization: ours)
        let arn = answer.json["ARN"]
        #expect("\(arn as Any)".contains("eu-west-1:111111111111:secret:demo-"))
        for elsewhere in [
            signed(key: "111111111111"), signed(key: "222222222222", region: "eu-west-1"), nil,
        ] {
            let response = server.call("DescribeSecret", read, authorization: elsewhere)
            #expect(response.json["__type"] == .string("ResourceNotFoundException"))
        }
    }
}
