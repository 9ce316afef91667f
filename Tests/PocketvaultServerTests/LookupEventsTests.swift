import AWS
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("LookupEvents")
struct LookupEventsTests {
    let server: ScratchServer

    init() throws {
        server = try ScratchServer()
        _ = server.call(
            "CreateSecret",
            #"{"Name":"a","SecretString":"calm-otter","ClientRequestToken":"\#(token)"}"#
        )
        // A read's record is queued; the next change commits it.
        _ = server.call("GetSecretValue", #"{"SecretId":"a"}"#)
        _ = server.call("GetSecretValue", #"{"SecretId":"b"}"#)
        _ = server.call("TagResource", #"{"SecretId":"a","Tags":[{"Key":"k","Value":"v"}]}"#)
        _ = try server.scratch.auditRecords()
    }

    private let token = "11111111-1111-4111-8111-111111111111"

    private func look(_ body: String = "{}", authorization: String? = nil) -> HTTPResponse {
        var headers = [
            (
                name: "X-Amz-Target",
                value: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents"
            ), (name: "Content-Type", value: "application/x-amz-json-1.1"),
        ]
        if let authorization { headers.append((name: "Authorization", value: authorization)) }
        return server.send(.post(body, headers))
    }

    private func names(_ body: String) -> [String] {
        let events = look(body).json["Events"]?.elements ?? []
        return events.compactMap { $0["EventName"]?.string }.filter { $0 != "LookupEvents" }
    }

    /// The record of the one event of a name.
    private func record(_ name: String) throws -> JSONValue {
        let answer = look(
            #"{"LookupAttributes":[{"AttributeKey":"EventName","AttributeValue":"\#(name)"}]}"#
        )
        let text = try #require(answer.json["Events"]?[0]?["CloudTrailEvent"]?.string)
        return try JSONParser.parse(Array(text.utf8))
    }

    private func attribute(_ key: String, _ value: String) -> String {
        #"{"LookupAttributes":[{"AttributeKey":"\#(key)","AttributeValue":"\#(value)"}]}"#
    }

    @Test("every call is an event, refused ones and those to KMS too, the newest first")
    func order() {
        let names = names("{}")
        #expect(
            names.sorted() == [
                "CreateSecret", "Decrypt", "GenerateDataKey", "GetSecretValue", "GetSecretValue",
                "TagResource",
            ]
        )
        #expect(names.suffix(2) == ["CreateSecret", "GenerateDataKey"])
    }

    @Test("an event is found by each of its properties")
    func attributes() throws {
        #expect(names(attribute("EventName", "CreateSecret")) == ["CreateSecret"])
        #expect(
            Set(names(attribute("ReadOnly", "false"))) == Set(["CreateSecret", "TagResource"])
        )
        #expect(names(attribute("Username", "root")).count == 6)
        #expect(names(attribute("Username", "somebody")).isEmpty)
        #expect(names(attribute("EventSource", "secretsmanager.amazonaws.com")).count == 4)
        #expect(
            names(attribute("EventSource", "kms.amazonaws.com")) == ["Decrypt", "GenerateDataKey"]
        )
        #expect(names(attribute("EventSource", "sts.amazonaws.com")).isEmpty)
        #expect(names(attribute("ResourceName", "a")).isEmpty)
        let id = try #require(record("CreateSecret")["eventID"]?.string)
        #expect(names(attribute("EventId", id)) == ["CreateSecret"])
    }

    @Test("the record is CloudTrail's, without the secret value")
    func record() throws {
        let record = try record("CreateSecret")
        #expect(record["eventVersion"] == "1.11")
        #expect(
            record["userIdentity"]?.jsonText()
                == #"{"type":"Root","principalId":"000000000000","#
                + #""arn":"arn:aws:iam::000000000000:root","accountId":"000000000000"}"#
        )
        #expect(record["eventTime"]?.string?.hasSuffix("Z") == true)
        #expect(record["eventTime"]?.string?.contains(".") == false)
        #expect(record["requestParameters"]?["name"] == "a")
        #expect(record["requestParameters"]?["secretString"] == nil)
        #expect(record["responseElements"]?["arn"]?.string?.contains(":secret:a-") == true)
        #expect(record["readOnly"] == false)
        #expect(record["eventType"] == "AwsApiCall")
        #expect(!look().text.contains("calm-otter"))
    }

    @Test("members inside a member are in CloudTrail's spelling too")
    func nested() throws {
        _ = server.call(
            "RotateSecret",
            #"{"SecretId":"a","ClientRequestToken":"\#(token)","#
                + #""RotationRules":{"AutomaticallyAfterDays":30}}"#
        )
        let parameters = try record("RotateSecret")["requestParameters"]
        #expect(parameters?["rotationRules"]?["automaticallyAfterDays"] == 30)
    }

    @Test("a refused read tells its error and has no response")
    func refused() throws {
        let record = try record("GetSecretValue")
        #expect(record["errorCode"] == "ResourceNotFoundException")
        #expect(record["responseElements"] == .null)
        #expect(record["readOnly"] == true)
    }

    @Test("what the service did on its own is a service event")
    func serviceEvents() throws {
        _ = server.call(
            "DeleteSecret",
            #"{"SecretId":"a","ForceDeleteWithoutRecovery":true}"#
        )
        let record = try record("EndSecretVersionDelete")
        #expect(record["eventType"] == "AwsServiceEvent")
        #expect(record["userIdentity"]?["invokedBy"] == "secretsmanager.amazonaws.com")
        #expect(record["requestParameters"] == .null)
        #expect(record["additionalEventData"]?["VersionId"]?.string == token)
    }

    @Test("pages follow one another, and a token fits its own query only")
    func pages() throws {
        var seen: [String] = []
        var body = #"{"MaxResults":1,"EndTime":4102444800}"#
        for _ in 0..<20 {
            let answer = look(body).json
            seen += answer["Events"]?.elements?.compactMap { $0["EventId"]?.string } ?? []
            guard let next = answer["NextToken"]?.string else { break }
            body = #"{"MaxResults":1,"EndTime":4102444800,"NextToken":"\#(next)"}"#
            let other = look(#"{"MaxResults":1,"NextToken":"\#(next)"}"#)
            #expect(other.json["__type"] == "InvalidNextTokenException")
        }
        #expect(seen.count == Set(seen).count)
        #expect(seen.count >= 4)
    }

    @Test("times bound the look-up")
    func times() {
        let now = server.scratch.clock.now.milliseconds / 1_000
        #expect(look(#"{"StartTime":\#(now + 3_600)}"#).status == 400)
        #expect(names(#"{"EndTime":\#(now - 3_600)}"#).isEmpty)
        #expect(names(#"{"StartTime":\#(now - 3_600),"EndTime":\#(now + 3_600)}"#).count == 6)
    }

    @Test("after 90 days an event is found no more")
    func oldEvents() {
        server.scratch.clock.advance(days: 91)
        #expect(names(#"{"StartTime":0}"#).isEmpty)
    }

    @Test("an account sees its own events in its own region")
    func scopes() {
        let elsewhere = look(authorization: signed(region: "eu-west-1"))
        #expect(elsewhere.json["Events"]?.elements?.isEmpty == true)
        let others = look(authorization: signed(key: "111122223333"))
        #expect(others.json["Events"]?.elements?.isEmpty == true)
    }

    @Test(
        "what makes no sense is refused by its name",
        arguments: [
            (#"{"MaxResults":0}"#, "InvalidMaxResultsException"),
            (#"{"MaxResults":51}"#, "InvalidMaxResultsException"),
            (#"{"StartTime":2,"EndTime":1}"#, "InvalidTimeRangeException"),
            (#"{"EventCategory":"data"}"#, "InvalidEventCategoryException"),
            (#"{"NextToken":"zzz"}"#, "InvalidNextTokenException"),
            (#"{"StartTime":"today"}"#, "SerializationException"),
            (
                #"{"LookupAttributes":[{"AttributeKey":"Colour","AttributeValue":"red"}]}"#,
                "InvalidLookupAttributesException"
            ),
            (
                #"{"LookupAttributes":[{"AttributeKey":"EventName"}]}"#,
                "InvalidLookupAttributesException"
            ),
            (#"{"LookupAttributes":[{},{}]}"#, "InvalidLookupAttributesException"),
        ]
    )
    func refusals(body: String, code: String) {
        let answer = look(body)
        #expect(answer.status == 400)
        #expect(answer.json["__type"]?.string == code)
    }

    @Test("there are no insights")
    func insights() {
        #expect(look(#"{"EventCategory":"insight"}"#).text == #"{"Events":[]}"#)
    }
}
