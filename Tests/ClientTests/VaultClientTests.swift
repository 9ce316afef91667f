import Client
import HTTPServer
import JSON
import Notation
import SignatureV4
import TestSupport
import Testing
import Threads

@Suite("A call to a service")
struct VaultClientTests {
    private let question = JSONObject([("SecretId", "a"), ("MaxResults", 2)])

    @Test func `It is a signed POST of JSON to the operation's target`() throws {
        let host = try ScratchHost { _, _ in .json(#"{"Name":"a"}"#) }
        let key = SigningCredentials(keyID: "AKIDEXAMPLE", secret: "hidden", sessionToken: "token")
        let client = host.client(as: Identity(credentials: key, region: "eu-west-1"))
        let answer = try client.call("DescribeSecret", question)
        #expect(answer.text("Name") == "a")
        let request = try #require(host.requests.first)
        #expect(request.method == "POST")
        #expect(request.path == "/")
        #expect(request.headers["X-Amz-Target"] == "secretsmanager.DescribeSecret")
        #expect(request.headers["Content-Type"] == "application/x-amz-json-1.1")
        #expect(request.headers["X-Amz-Date"] == "20260115T100000Z")
        #expect(request.headers["X-Amz-Security-Token"] == "token")
        let authorization = request.headers["Authorization"] ?? ""
        #expect(
            authorization.contains("AKIDEXAMPLE/20260115/eu-west-1/secretsmanager/aws4_request")
        )
        #expect(authorization.contains("content-type;host;user-agent;x-amz-date"))
        #expect(try JSONParser.parse(request.body) == .object(question))
    }

    @Test func `What makes a version has one token for all attempts`() throws {
        let host = try ScratchHost { _, number in
            number == 1 ? .json("{}", status: 500) : .json("{}")
        }
        try host.client().call("PutSecretValue", question)
        try host.client().call("PutSecretValue", JSONObject([("ClientRequestToken", "own")]))
        let tokens = try host.requests.map {
            try JSONParser.parse($0.body)["ClientRequestToken"]?.string
        }
        let made = "11111111-2222-4333-8444-555555555555"
        #expect(tokens == [made, made, "own"])
    }

    @Test func `Another service has its own target and signature`() throws {
        let host = try ScratchHost { _, _ in .json("{}") }
        try host.client().call("ListKeys", of: .kms)
        let request = try #require(host.requests.first)
        #expect(request.headers["X-Amz-Target"] == "TrentService.ListKeys")
        #expect(request.headers["Authorization"]?.contains("/eu-west-1/kms/") == true)
    }

    @Test(
        arguments: [
            #"{"__type":"ResourceNotFoundException","Message":"It is not there."}"#,
            #"{"__type":"com.amazonaws#ResourceNotFoundException","message":"It is not there."}"#,
            #"{"__type":"ResourceNotFoundException:http://x/","message":"It is not there."}"#,
        ]
    )
    func `An error has the service's code, sentence and status`(body: String) throws {
        let host = try ScratchHost { _, _ in .json(body, status: 400) }
        let expected = ServiceRefusal(
            code: "ResourceNotFoundException",
            message: "It is not there.",
            status: 400
        )
        #expect(throws: ClientError.refused(expected)) {
            try host.client().call("GetSecretValue", question)
        }
        #expect(expected.description == "ResourceNotFoundException: It is not there.")
        #expect(host.requests.count == 1)
    }

    @Test func `Who asks to go slower is asked again, later each time`() throws {
        let host = try ScratchHost { _, number in
            number < 3 ? .json(#"{"__type":"ThrottlingException"}"#, status: 400) : .json("{}")
        }
        let pauses = Locked<[Int]>([])
        try host.client(pauses: pauses).call("GetSecretValue", question)
        #expect(host.requests.count == 3)
        #expect(pauses.withLock { $0 } == [200, 400])
    }

    @Test func `Whoever says how long to wait is believed`() throws {
        let host = try ScratchHost { _, number in
            guard number == 1 else { return .json("{}") }
            return HTTPResponse(status: 503, headers: [("Retry-After", "7")])
        }
        let pauses = Locked<[Int]>([])
        try host.client(pauses: pauses).call("GetSecretValue", question)
        #expect(pauses.withLock { $0 } == [7_000])
    }

    @Test func `It is given up after so many attempts`() throws {
        let host = try ScratchHost { _, _ in .json("{}", status: 500) }
        #expect(throws: ClientError.self) { try host.client().call("GetSecretValue", question) }
        #expect(host.requests.count == 3)
    }

    @Test func `All pages are read, one after the other`() throws {
        let host = try ScratchHost { _, number in
            let token = #","NextToken":"\#(number < 3 ? "t\(number)" : "")""#
            return .json(#"{"SecretList":[{"Name":"\#(number)"}]\#(token)}"#)
        }
        let elements = try host.client().all("ListSecrets", question, list: "SecretList")
        #expect(elements.map { $0.text("Name") } == ["1", "2", "3"])
        let tokens = try host.requests.map { try JSONParser.parse($0.body)["NextToken"]?.string }
        #expect(tokens == [nil, "t1", "t2"])
    }

    @Test func `Pages that never end are an error`() throws {
        let host = try ScratchHost { _, _ in .json(#"{"SecretList":[],"NextToken":"t"}"#) }
        #expect(throws: ClientError.self) {
            try host.client().all("ListSecrets", question, list: "SecretList")
        }
    }

    @Test func `Nobody there is an error that says where and why`() throws {
        let client = VaultClient(
            over: SocketTransport(to: .nowhere),
            as: Identity(credentials: Identity.testCredentials, region: "us-east-1"),
            now: { .init(milliseconds: 0) },
            newToken: { "" }
        )
        #expect(
            throws: ClientError.unreachable(
                address: "127.0.0.1:1",
                reason: "Connection refused"
            )
        ) { try client.call("ListSecrets") }
    }

    @Test func `An empty answer has no members`() throws {
        let host = try ScratchHost { _, _ in HTTPResponse(status: 200) }
        #expect(try host.client().call("TagResource") == JSONObject([]))
    }

    @Test func `An answer that is no JSON is an error`() throws {
        let host = try ScratchHost { _, _ in .json("<html>") }
        #expect(throws: ClientError.self) { try host.client().call("ListSecrets") }
    }
}
