import AWS
import JSON
import TestSupport
import Testing

/// What the audit trail has of secrets that were read as parameters.
@Suite struct ReferenceRecordTests {
    private let vault: ScratchVault

    init() throws {
        vault = try ScratchVault(authorization: .enforce)
    }

    /// The records of a call and of the reads that it made, once there are `count` of all calls.
    private func records(after former: Int, upTo count: Int) throws -> [AuditRecord] {
        let all = try vault.auditRecords()
        try #require(all.count == count)
        return Array(all.dropFirst(former))
    }

    @Test func `The read has a record of its own, of Secrets Manager, without the value`() throws {
        let arn = try vault.create("a", value: "hush-hush")
        try vault.ssm(
            .getParameter,
            ["Name": "\(secretPrefix)a:AWSCURRENT", "WithDecryption": true]
        )
        let records = try records(after: 1, upTo: 3)
        #expect(records.map(\.eventName) == ["GetParameter", "GetSecretValue"])
        #expect(
            records.map(\.eventSource) == ["ssm.amazonaws.com", "secretsmanager.amazonaws.com"]
        )
        #expect(
            records.map(\.requestParameters) == [
                #"{"name":"/aws/reference/secretsmanager/a:AWSCURRENT","withDecryption":true}"#,
                #"{"secretId":"a","versionStage":"AWSCURRENT"}"#,
            ]
        )
        #expect(records.map(\.resourceARN) == [nil, arn])
        #expect(records.allSatisfy { $0.errorCode == nil })
        #expect(!"\(records)".contains("hush-hush"))
    }

    @Test func `The record names the parameters by their ARNs, whether there are any or not`()
        throws
    {
        try vault.create("a")
        let name = "\(secretPrefix)a"
        try vault.ssm(.getParameter, ["Name": "\(name):AWSCURRENT", "WithDecryption": true])
        let place = "arn:aws:ssm:us-east-1:000000000000:parameter"
        #expect(
            try vault.record(of: "GetParameter")["resources"]?.text
                == #"[{"accountId":"000000000000","ARN":"\#(place)\#(name)"}]"#
        )
        #expect(try vault.events("ResourceName", "\(place)\(name)").count == 1)
        try vault.ssm(.getParameters, ["Names": ["/app/one", "/app/two"]])
        let named = try vault.record(of: "GetParameters")["resources"]?.elements ?? []
        #expect(named.map { $0["ARN"]?.string } == ["\(place)/app/one", "\(place)/app/two"])
    }

    @Test func `A read that is refused has a record with Secrets Manager's own words`() throws {
        let arn = try vault.create("a")
        let user = try vault.user(
            "ssm-only",
            policies: [PolicyDraft.statement("Allow", "ssm:*")]
        )
        #expect(vault.refusal(ofParameter: secretPrefix + "a", by: user) == .dependencyFailed)
        let records = try records(after: 1, upTo: 3)
        #expect(records.map(\.errorCode) == ["ValidationException", "AccessDeniedException"])
        #expect(records[0].errorMessage == Refusal.dependencyFailed.text)
        #expect(records[0].decision == nil)
        #expect(
            records[1].errorMessage?.contains("secretsmanager:GetSecretValue on resource: a")
                == true
        )
        #expect(records[1].decision?.hasPrefix("secretsmanager:GetSecretValue: Denied") == true)
        #expect(records[1].resourceARN == arn)
    }

    @Test func `What was read before a call failed is recorded, and was accessed`() throws {
        try vault.create("a")
        try vault.create("b")
        try vault.call(.deleteSecret, ["SecretId": "b"])
        let members: JSONValue = [
            "Names": ["\(secretPrefix)a", "\(secretPrefix)b"], "WithDecryption": true,
        ]
        #expect(vault.refusal(of: .ssm(.getParameters), members) == .secretNotReady)
        let records = try records(after: 3, upTo: 6)
        #expect(
            records.map(\.eventName) == ["GetParameters", "GetSecretValue", "GetSecretValue"]
        )
        #expect(
            records.map(\.errorCode) == ["ValidationException", nil, "InvalidRequestException"]
        )
        #expect(try vault.describe("a")["LastAccessedDate"]?.integer == firstDay)
    }
}
