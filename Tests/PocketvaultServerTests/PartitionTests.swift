import AWS
import HTTPServer
import JSON
import Storage
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("The partition follows the region in every ARN")
struct PartitionTests {
    private static let regions = [
        ("us-east-1", "aws"), ("eu-west-1", "aws"), ("ca-central-1", "aws"), ("local", "aws"),
        ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("us-iso-east-1", "aws-iso"),
        ("us-isob-east-1", "aws-iso-b"), ("eu-isoe-west-1", "aws-iso-e"),
        ("us-isof-south-1", "aws-iso-f"), ("eusc-de-east-1", "aws-eusc"),
    ]

    private let server: ScratchServer

    init() throws {
        server = try ScratchServer()
    }

    /// A call of IAM or STS; the text of its answer.
    private func query(
        _ service: String,
        _ form: String,
        _ region: String,
        key: String = "123456789012"
    ) -> String {
        let version = service == "sts" ? "2011-06-15" : "2010-05-08"
        return server.send(
            .post(
                "Action=\(form)&Version=\(version)",
                [
                    ("Content-Type", "application/x-www-form-urlencoded"),
                    ("Authorization", signed(key: key, region: region, service: service)),
                ]
            )
        ).text
    }

    /// The text of the first element of a name.
    private func element(_ name: String, in text: String) -> String {
        let tail = text.split(separator: "<\(name)>", maxSplits: 1).dropFirst().first ?? ""
        return String(tail.prefix { $0 != "<" })
    }

    /// Whether explain, simulate and suggest all know who made a call.
    private func isKnown(_ arn: String, _ region: String, key: String) throws -> Bool {
        let authorization = signed(key: key, region: region)
        // A change: its record is there with its answer.
        let token = server.scratch.nextToken()
        let body = #"{"Name":"n","ClientRequestToken":"\#(token)"}"#
        let call = server.call("CreateSecret", body, authorization: authorization)
        let requestID = call[header: "x-amzn-RequestId"] ?? "none"
        let explained = server.send(
            .get("/_pocketvault/policy/explain", query: "request=\(requestID)")
        )
        let simulated = server.send(
            .post(
                #"{"principal":"\#(arn)","action":"secretsmanager:ListSecrets"}"#,
                [ControlTests.json],
                path: "/_pocketvault/policy/simulate"
            )
        )
        let suggested = server.send(.get("/_pocketvault/policy/suggest", query: "principal=\(arn)"))
        #expect(explained.json["principal"]?.string == arn, "\(explained.text)")
        #expect(simulated.status == 200, "\(simulated.text)")
        #expect(suggested.json["calls"]?.jsonText() != "0", "\(suggested.text)")
        return explained.status == 200 && suggested.status == 200
    }

    @Test("of the root: who it is told to be is who policies are explained for", arguments: regions)
    func root(_ region: String, _ partition: String) throws {
        let arn = element("Arn", in: query("sts", "GetCallerIdentity", region))
        #expect(arn == "arn:\(partition):iam::123456789012:root")
        #expect(element("Arn", in: query("iam", "GetUser", region)) == arn)
        #expect(try isKnown(arn, region, key: "123456789012"))
    }

    @Test("of a user, its policies and its calls", arguments: regions)
    func user(_ region: String, _ partition: String) throws {
        let iam = "arn:\(partition):iam::123456789012"
        let made = query("iam", "CreateUser&UserName=u&Path=/p/", region)
        #expect(element("Arn", in: made) == "\(iam):user/p/u")
        let key = element(
            "AccessKeyId",
            in: query("iam", "CreateAccessKey&UserName=u", region)
        )
        let identity = query("sts", "GetCallerIdentity", region, key: key)
        #expect(element("Arn", in: identity) == "\(iam):user/p/u")
        #expect(try isKnown("\(iam):user/p/u", region, key: key))
        let document =
            "%7B%22Version%22:%222012-10-17%22,%22Statement%22:%5B%7B%22Effect%22:"
            + "%22Allow%22,%22Action%22:%22*%22,%22Resource%22:%22*%22%7D%5D%7D"
        let policy = query("iam", "CreatePolicy&PolicyName=n&PolicyDocument=\(document)", region)
        #expect(element("Arn", in: policy) == "\(iam):policy/n")
        let ofAWS = "arn:\(partition):iam::aws:policy/SecretsManagerReadWrite"
        #expect(query("iam", "ListPolicies&Scope=AWS", region).contains("<Arn>\(ofAWS)</Arn>"))
        for arn in ["\(iam):policy/n", ofAWS] {
            #expect(element("Arn", in: query("iam", "GetPolicy&PolicyArn=\(arn)", region)) == arn)
            let attached = query("iam", "AttachUserPolicy&UserName=u&PolicyArn=\(arn)", region)
            #expect(attached.hasPrefix("<AttachUserPolicyResponse"), "\(attached)")
        }
        let version = query(
            "iam",
            "GetPolicyVersion&PolicyArn=\(ofAWS)&VersionId=v1",
            region
        )
        #expect(version.contains("%22arn%3A\(partition)%3Alambda%3A"), "\(version)")
    }

    @Test("of a role, a session of it and what the trail says of both", arguments: regions)
    func role(_ region: String, _ partition: String) throws {
        let arn = "arn:\(partition):iam::123456789012:role/r"
        let trust =
            "%7B%22Version%22:%222012-10-17%22,%22Statement%22:%5B%7B%22Effect%22:"
            + "%22Allow%22,%22Action%22:%22sts:AssumeRole%22,%22Principal%22:%22*%22%7D%5D%7D"
        let made = query("iam", "CreateRole&RoleName=r&AssumeRolePolicyDocument=\(trust)", region)
        #expect(element("Arn", in: made) == arn)
        let assumed = query("sts", "AssumeRole&RoleArn=\(arn)&RoleSessionName=se", region)
        let session = "arn:\(partition):sts::123456789012:assumed-role/r/se"
        #expect(element("Arn", in: assumed) == session)
        let key = element("AccessKeyId", in: assumed)
        let token = element("SessionToken", in: assumed)
        let response = server.send(
            .post(
                "Action=GetCallerIdentity&Version=2011-06-15",
                [
                    ("Content-Type", "application/x-www-form-urlencoded"),
                    ("Authorization", signed(key: key, region: region, service: "sts")),
                    ("X-Amz-Security-Token", token),
                ]
            )
        )
        #expect(element("Arn", in: response.text) == session)
        for principal in [arn, session] {
            let suggested = server.send(
                .get("/_pocketvault/policy/suggest", query: "principal=\(principal)")
            )
            #expect(suggested.status == 200, "\(suggested.text)")
        }
        _ = try server.scratch.auditRecords()
        let entries = try server.scratch.vault.read { vault in
            Result { () throws(APIError) in try vault.auditEntries(before: nil, limit: 100) }
        }.get()
        let entry = try #require(entries.first { $0.record.principalARN == session })
        var writer = JSONWriter()
        CloudTrailRecord(entry).write(to: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self).contains("\"arn\":\"\(arn)\""))
    }
}
