import AWS
import JSON
import TestSupport
import Testing

/// What the trail says of the calls of each service; the wire's side of it is tested with the server.
@Suite struct LookupEventsTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault.furnished()
    }

    /// The events that an attribute finds, the newest first.
    private func events(
        _ key: String,
        _ value: String,
        by caller: Caller = .root()
    ) throws -> [JSONValue] {
        let attribute: JSONValue = ["AttributeKey": "\(key)", "AttributeValue": "\(value)"]
        let answer = try vault.cloudTrail(
            .lookupEvents,
            ["LookupAttributes": [attribute]],
            by: caller
        )
        return answer["Events"]?.elements ?? []
    }

    /// The record of the newest event of a call.
    private func record(of call: ServiceCall) throws -> JSONValue {
        // A read's record may come after its answer; a change's follows it.
        try vault.createKey()
        let event = try #require(try events("EventName", call.name).first)
        return try JSONParser.parse(Array((event["CloudTrailEvent"]?.string ?? "").utf8))
    }

    private static let sources: [(ServiceCall, String)] = CallRow.all.map { row in
        let source =
            switch row.call {
            case .iam: "iam.amazonaws.com"
            case .sts: "sts.amazonaws.com"
            case .kms: "kms.amazonaws.com"
            case .cloudTrail: "cloudtrail.amazonaws.com"
            case .ssm: "ssm.amazonaws.com"
            }
        return (row.call, source)
    }

    @Test(arguments: CallRow.all)
    func `Every call of every service is found by its name`(row: CallRow) throws {
        _ = vault.refusal(of: row.call, row.members)
        let record = try record(of: row.call)
        let source = try #require(Self.sources.first { $0.0 == row.call }?.1)
        #expect(record["eventSource"]?.string == source)
        #expect(record["eventName"]?.string == row.call.name)
        #expect(record["recipientAccountId"]?.string == "000000000000")
        #expect((record["errorCode"] == nil) == (row.always == nil))
    }

    @Test(arguments: CallRow.all.filter { !$0.required.isEmpty })
    func `A refused call is found with its error`(row: CallRow) throws {
        let refused = vault.refusal(of: row.call, [:])
        let record = try record(of: row.call)
        #expect(record["errorMessage"]?.string == refused?.text)
        #expect(record["errorCode"]?.string?.hasPrefix("Validation") == true)
        #expect(record["responseElements"] == .null)
    }

    @Test func `A user is found by its name, a session by its own`() throws {
        let user = try vault.user("alice")
        let session = try vault.session("worker")
        for caller in [user, session] {
            _ = try vault.iam(.createPolicy, policy(for: caller), by: caller)
        }
        #expect(try events("Username", "alice").texts("EventName") == ["CreatePolicy"])
        #expect(try events("Username", "task").texts("EventName") == ["CreatePolicy"])
        #expect(try events("Username", "nobody").isEmpty)
    }

    private func policy(for caller: Caller) -> JSONValue {
        let name = caller.principal.arn.split(separator: "/").last ?? ""
        return ["PolicyName": "of-\(name)", "PolicyDocument": "\(IAMDocument.read)"]
    }

    @Test func `What another account did is its own`() throws {
        try vault.createPolicy("theirs", by: stranger)
        let theirs = try events("EventSource", "iam.amazonaws.com", by: stranger)
        #expect(theirs.texts("EventName") == ["CreatePolicy"])
        let own = try events("EventName", "CreatePolicy")
        #expect(own.allSatisfy { $0["CloudTrailEvent"]?.string?.contains("theirs") == false })
    }

    @Test(
        arguments: [
            (["MaxResults": 0] as JSONValue, "InvalidMaxResultsException"),
            (["MaxResults": 51], "InvalidMaxResultsException"),
            (["StartTime": 2, "EndTime": 1], "InvalidTimeRangeException"),
            (["EventCategory": "data"], "InvalidEventCategoryException"),
            (["NextToken": "x"], "InvalidNextTokenException"),
            (["LookupAttributes": [[:], [:]]], "InvalidLookupAttributesException"),
            (
                ["LookupAttributes": [["AttributeKey": "Colour", "AttributeValue": "red"]]],
                "InvalidLookupAttributesException"
            ), (["LookupAttributes": "EventName"], "SerializationException"),
        ] as [(JSONValue, String)]
    )
    func `What makes no sense is refused by its name`(members: JSONValue, code: String) {
        #expect(vault.refusal(of: .cloudTrail(.lookupEvents), members)?.code == code)
    }
}

extension [JSONValue] {
    /// One member of each element, where it is a text.
    fileprivate func texts(_ member: String) -> [String] { compactMap { $0[member]?.string } }
}
