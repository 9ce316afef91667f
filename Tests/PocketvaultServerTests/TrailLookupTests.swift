import AWS
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing

@testable import PocketvaultServer

/// The store passes over blocks of the trail that have nothing a look-up is for.
///
/// A record a day makes each a block of its own.
@Suite("What is looked for in the trail is found, whatever is passed over")
struct TrailLookupTests {
    private let server: ScratchServer

    init() throws {
        server = try ScratchServer(database: ":memory:")
        let token = "ClientRequestToken\":\"11111111-1111-4111-8111-11111111111"
        let calls: [(name: String, body: String, by: String?, service: String)] = [
            ("CreateSecret", #"{"Name":"a","SecretString":"v","\#(token)1"}"#, nil, ""),
            ("CreateSecret", #"{"Name":"b/c","SecretString":"v","\#(token)2"}"#, nil, ""),
            ("GetSecretValue", #"{"SecretId":"a"}"#, signed(), ""),
            ("GetSecretValue", #"{"SecretId":"nowhere"}"#, signed(), ""),
            ("GetSecretValue", #"{"SecretId":"b/c"}"#, signed(key: "111111111111"), ""),
            ("DescribeSecret", #"{"SecretId":"b/c"}"#, signed(region: "eu-west-1"), ""),
            ("ListSecrets", "{}", nil, ""),
            ("BatchGetSecretValue", #"{"SecretIdList":["a","b/c"]}"#, nil, ""),
            ("CreateKey", "{}", nil, "TrentService"),
            ("ListKeys", "{}", signed(), "TrentService"),
            ("PutSecretValue", #"{"SecretId":"a","SecretString":"w","\#(token)3"}"#, nil, ""),
            ("TagResource", #"{"SecretId":"a","Tags":[{"Key":"k","Value":"v"}]}"#, nil, ""),
            ("DeleteSecret", #"{"SecretId":"b/c"}"#, nil, ""),
        ]
        for call in calls {
            var headers = [
                (name: "Content-Type", value: "application/x-amz-json-1.1"),
                (
                    name: "X-Amz-Target",
                    value: "\(call.service.isEmpty ? "secretsmanager" : call.service).\(call.name)"
                ),
            ]
            if let by = call.by { headers.append((name: "Authorization", value: by)) }
            _ = server.send(.post(call.body, headers))
            // A read's record is queued.
            _ = try server.scratch.auditRecords()
            server.scratch.clock.advance(milliseconds: 86_400_000)
        }
    }

    private func events(_ body: String = "{}") -> [JSONValue] {
        let target = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents"
        let answer = server.send(
            .post(
                body,
                [
                    (name: "X-Amz-Target", value: target),
                    (name: "Content-Type", value: "application/x-amz-json-1.1"),
                ]
            )
        )
        #expect(answer.json["NextToken"] == nil)
        // What looks is looked at too.
        return (answer.json["Events"]?.elements ?? []).filter { $0["EventName"] != "LookupEvents" }
    }

    private func values(_ key: String, of event: JSONValue) -> [String] {
        switch key {
        case "ResourceName", "ResourceType":
            (event["Resources"]?.elements ?? []).compactMap { $0[key]?.string }
        default: [event[key]?.string].compactMap(\.self)
        }
    }

    @Test(
        "by LookupEvents, by each attribute and each value that there is",
        arguments: [
            "AccessKeyId", "EventId", "EventName", "EventSource", "ReadOnly", "ResourceName",
            "ResourceType", "Username",
        ]
    )
    func attributes(key: String) {
        let all = events()
        #expect(all.count > 10)
        let known = Set(all.flatMap { values(key, of: $0) })
        #expect(!known.isEmpty)
        for value in known.union(["nobody's"]) where key != "ReadOnly" || known.contains(value) {
            let found = events(
                #"{"LookupAttributes":[{"AttributeKey":"\#(key)","AttributeValue":"\#(value)"}]}"#
            )
            #expect(found == all.filter { values(key, of: $0).contains(value) }, "\(value)")
        }
    }

    private func records(_ query: String) -> [JSONValue] {
        let answer = server.send(.get("/_pocketvault/audit", query: query)).json
        return (answer["records"]?.elements ?? [])
            .filter { $0["record"]?["eventName"] != "LookupEvents" }
    }

    @Test("by the control surface, by each of its fields")
    func fields() {
        let all = records("limit=1000")
        #expect(all.count > 15)
        func expect(_ query: String, _ isWanted: (JSONValue) -> Bool) {
            let wanted = all.filter(isWanted)
            #expect(records("limit=1000&" + query) == wanted, "\(query)")
            #expect(!wanted.isEmpty && wanted.count < all.count, "\(query)")
            #expect(records("limit=1&" + query) == Array(wanted.suffix(1)), "\(query)")
        }
        for name in Set(all.compactMap { $0["record"]?["eventName"]?.string }) {
            expect("event=\(name)") { $0["record"]?["eventName"]?.string == name }
        }
        for arn in Set(all.compactMap { $0["secret"]?.string }) where arn.contains(":secret:") {
            expect("secret=\(arn)") { $0["secret"]?.string == arn }
            let name = arn.dropLast(7).split(separator: ":").last.map(String.init) ?? ""
            expect("secret=\(name)") { $0["secret"]?.string == arn }
        }
        let time = all[8]["record"]?["eventTime"]?.string ?? ""
        expect("until=\(time)") { ($0["record"]?["eventTime"]?.string ?? "") <= time }
        expect("since=\(time)") { ($0["record"]?["eventTime"]?.string ?? "") >= time }
        expect("failed=true") { $0["record"]?["errorCode"] != nil }
        expect("events=true") { $0["record"]?["eventType"] == "AwsServiceEvent" }
        expect("principal=arn:aws:iam::111111111111:root") {
            $0["record"]?["userIdentity"]?["accountId"] == "111111111111"
        }
    }
}
