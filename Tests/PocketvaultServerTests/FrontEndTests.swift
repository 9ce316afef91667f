import AWS
import HTTPServer
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

/// What is refused before any operation runs, byte for byte (aws-behaviour.md §1.4).
@Suite("The front end")
struct FrontEndTests {
    static let target = "secretsmanager.ListSecrets"
    static let json = "application/x-amz-json-1.1"

    struct Refusal: Sendable, CustomTestStringConvertible {
        var target: String? = FrontEndTests.target
        var contentType: String? = FrontEndTests.json
        var body = "{}"
        let status: Int
        let answer: String
        let testDescription: String
    }

    static let unknown = #"{"__type":"UnknownOperationException"}"#
    static let unreadable = #"{"__type":"SerializationException"}"#
    static let noSuchProtocol = "<UnknownOperationException/>\n"
    static let list =
        #"{"__type":"SerializationException","Message":"Start of list found where not expected"}"#

    static let refusals = [
        Refusal(target: nil, status: 400, answer: unknown, testDescription: "no target"),
        Refusal(
            target: "secretsmanager.Nothing",
            status: 400,
            answer: unknown,
            testDescription: "unknown operation"
        ),
        Refusal(
            target: "DynamoDB_20120810.ListTables",
            status: 400,
            answer: unknown,
            testDescription: "another service"
        ),
        Refusal(
            target: "SecretsManager.ListSecrets",
            status: 400,
            answer: unknown,
            testDescription: "wrong case of the prefix"
        ),
        Refusal(
            target: "secretsmanager.listSecrets",
            status: 400,
            answer: unknown,
            testDescription: "wrong case of the operation"
        ),
        Refusal(
            contentType: nil,
            status: 404,
            answer: noSuchProtocol,
            testDescription: "no content type"
        ),
        Refusal(
            contentType: "application/x-amz-json-1.0",
            status: 404,
            answer: noSuchProtocol,
            testDescription: "JSON 1.0"
        ),
        Refusal(
            contentType: "application/x-www-form-urlencoded",
            status: 404,
            answer: noSuchProtocol,
            testDescription: "what curl -d sends by itself"
        ),
        Refusal(
            contentType: nil,
            body: "[",
            status: 404,
            answer: noSuchProtocol,
            testDescription: "content type before body"
        ),
        Refusal(body: "", status: 400, answer: unreadable, testDescription: "empty body"),
        Refusal(body: "null", status: 400, answer: unreadable, testDescription: "null"),
        Refusal(body: #""text""#, status: 400, answer: unreadable, testDescription: "a string"),
        Refusal(body: "5", status: 400, answer: unreadable, testDescription: "a number"),
        Refusal(body: #"{"a":"#, status: 400, answer: unreadable, testDescription: "truncated"),
        Refusal(
            body: #"{"MaxResults":1,}"#,
            status: 400,
            answer: unreadable,
            testDescription: "trailing comma"
        ),
        Refusal(body: "\u{FEFF}{}", status: 400, answer: unreadable, testDescription: "BOM"),
        Refusal(body: "[]", status: 400, answer: list, testDescription: "an array"),
        Refusal(
            target: nil,
            body: "",
            status: 400,
            answer: unreadable,
            testDescription: "body before target"
        ),
    ]

    @Test("refuses as AWS does", arguments: refusals)
    func refuses(_ refusal: Refusal) throws {
        let server = try ScratchServer()
        var headers: [(name: String, value: String)] = []
        if let target = refusal.target { headers.append(("X-Amz-Target", target)) }
        if let type = refusal.contentType { headers.append(("Content-Type", type)) }
        let response = server.send(.post(refusal.body, headers))
        #expect(response.status == refusal.status)
        #expect(response.text == refusal.answer)
        #expect(response[header: "x-amzn-RequestId"]?.count == 36)
        #expect(response[header: "x-amzn-ErrorType"] == nil)
    }

    @Test(
        "takes AWS JSON by each of its names, on any path",
        arguments: [
            "application/x-amz-json-1.1", "application/json", "Application/X-AMZ-JSON-1.1",
            "application/x-amz-json-1.1; charset=utf-8", "application/json;charset=UTF-8",
        ]
    )
    func contentTypes(_ contentType: String) throws {
        let server = try ScratchServer()
        for path in ["/", "/anything/else", "/health", "/moto-api/reset"] {
            let response = server.send(
                .post(
                    "{}",
                    [("X-Amz-Target", FrontEndTests.target), ("Content-Type", contentType)],
                    path: path
                )
            )
            #expect(response.status == 200)
            #expect(response.text == #"{"SecretList":[]}"#)
            #expect(response[header: "Content-Type"] == FrontEndTests.json)
        }
    }

    @Test("a method other than POST is a call that AWS cannot make out, when it is signed")
    func otherMethods() throws {
        let server = try ScratchServer()
        for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "GET"] {
            let response = server.send(
                HTTPRequest(
                    method: method,
                    path: "/",
                    headers: HTTPHeaders([("Authorization", signed())])
                )
            )
            #expect(response.status == 403)
            #expect(
                response.text.contains(
                    "Unable to determine service/operation name to be authorized"
                )
            )
        }
    }

    @Test("an unsigned GET of the root gets one line that helps")
    func welcome() throws {
        let response = try ScratchServer().send(.get("/"))
        #expect(response.status == 200)
        #expect(response.text.split(separator: "\n").count == 1)
        #expect(response.text.contains("pocketvault env"))
    }

    @Test("every operation is reached by its name", arguments: SecretsManagerAction.allCases)
    func reaches(_ action: SecretsManagerAction) throws {
        let response = try ScratchServer().call(action.rawValue, "{}")
        #expect(response.status == 200 || response.status == 400)
        #expect(response.json["__type"] != .string("UnknownOperationException"))
        let wrongType = try ScratchServer().call(action.rawValue, #"{"SecretId":{"a":1}}"#)
        #expect(wrongType.status < 500)
    }

    @Test("an operation without output answers with an empty body")
    func emptyOutput() throws {
        let server = try ScratchServer()
        _ = server.call("CreateSecret", FrontEndTests.newSecret)
        let response = server.call(
            "TagResource",
            #"{"SecretId":"demo","Tags":[{"Key":"a","Value":"b"}]}"#
        )
        #expect(response.status == 200)
        #expect(response.body.isEmpty)
    }

    static let newSecret =
        #"{"Name":"demo","SecretString":"tall-giraffe","ClientRequestToken":"#
        + #""11111111-1111-4111-8111-111111111111"}"#
}
