import AWS
import JSON
import TestSupport
import Testing

@Suite struct AssumeRoleTests {
    let vault: ScratchVault
    let role: String
    let roleID: String

    init() throws {
        vault = try ScratchVault()
        let made = try vault.create(
            .role,
            "task",
            [
                "Path": "/team/", "MaxSessionDuration": "7200",
                "AssumeRolePolicyDocument": "\(IAMDocument.ownAccount)",
            ]
        )
        role = made["Arn"]?.string ?? ""
        roleID = made["RoleId"]?.string ?? ""
    }

    @Test func `The answer has credentials and names the session`() throws {
        let answer = try vault.assume(role, ["RoleSessionName": "deploy-1"])
        #expect(answer.names == ["AssumedRoleUser", "Credentials"])
        #expect(
            answer["AssumedRoleUser"]?.text
                == #"{"AssumedRoleId":"\#(roleID):deploy-1","#
                + #""Arn":"arn:aws:sts::000000000000:assumed-role/task/deploy-1"}"#
        )
        let credentials = try #require(answer["Credentials"])
        #expect(
            credentials.names
                == ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"]
        )
        #expect(credentials["AccessKeyId"]?.string?.hasPrefix("ASIA") == true)
        #expect(credentials["AccessKeyId"]?.string?.count == 20)
        #expect(credentials["SecretAccessKey"]?.string?.count == 40)
        #expect(credentials["Expiration"] == "2026-01-15T11:00:00Z")
    }

    @Test func `No credentials are in the audit trail`() throws {
        let credentials = try #require(try vault.assume(role)["Credentials"])
        let records = try vault.auditRecords()
        let record = try #require(records.first { $0.eventName == "AssumeRole" })
        #expect(record.eventSource == "sts.amazonaws.com")
        #expect(
            record.requestParameters == #"{"roleArn":"\#(role)","roleSessionName":"task"}"#
        )
        for member in ["SecretAccessKey", "SessionToken"] {
            let value = try #require(credentials[member]?.string)
            #expect(!"\(records)".contains(value))
        }
    }

    @Test func `A session lasts an hour unless told, and as long as the role lets it`() throws {
        func expiration(_ seconds: Int) throws -> JSONValue? {
            try vault.assume(role, ["DurationSeconds": "\(seconds)"])["Credentials"]?["Expiration"]
        }
        #expect(try expiration(900) == "2026-01-15T10:15:00Z")
        #expect(try expiration(7_200) == "2026-01-15T12:00:00Z")
        #expect(
            vault.refusal(ofAssuming: role, ["DurationSeconds": "7201"])
                == Refusal(
                    "ValidationError",
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this"
                        + " role."
                )
        )
    }

    @Test func `A role assumed by a session lasts an hour at most`() throws {
        let session = try vault.caller(of: try vault.assume(role))
        let chained = try vault.assume(role, ["DurationSeconds": "3600"], by: session)
        #expect(chained["Credentials"]?["Expiration"] == "2026-01-15T11:00:00Z")
        let refused = vault.refusal(ofAssuming: role, ["DurationSeconds": "3601"], by: session)
        #expect(refused?.code == "ValidationError")
        #expect(
            refused?.text?.hasPrefix(
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed"
                    + " by role chaining"
            ) == true
        )
    }

    @Test func `A role that is not there looks like one that may not be assumed`() {
        let arns = [
            "arn:aws:iam::000000000000:role/nobody",
            // The path is a part of the ARN.
            "arn:aws:iam::000000000000:role/task",
            "arn:aws:iam::111122223333:role/team/task",
            "arn:aws:iam::000000000000:user/team/task",
        ]
        for arn in arns {
            #expect(
                vault.refusal(ofAssuming: arn) == .mayNot("sts:AssumeRole", .root(), arn)
            )
        }
    }

    @Test func `The session of a role that was deleted is nobody, also of one made anew`() throws {
        let answer = try vault.assume(role)
        #expect(try vault.holder(of: answer)?.principal.arn != nil)
        try vault.iam(.deleteRole, ["RoleName": "task"])
        try vault.create(.role, "task", ["Path": "/team/"])
        #expect(try vault.holder(of: answer)?.principal.arn == nil)
    }

    @Test func `A source identity is answered, and goes on in a chain`() throws {
        let answer = try vault.assume(role, ["SourceIdentity": "alice"])
        #expect(answer["SourceIdentity"] == "alice")
        #expect(try vault.session(of: answer).sourceIdentity == "alice")
        let chained = try vault.assume(role, by: try vault.caller(of: answer))
        #expect(try vault.session(of: chained).sourceIdentity == "alice")
    }

    @Test(arguments: refusedAssumptions)
    func `A request that breaks the model is refused`(row: Refused) {
        #expect(vault.refusal(ofAssuming: role, row.members) == row.expected.inQuery)
    }

    @Test func `A role and a name are needed`() {
        #expect(
            vault.refusal(ofSTS: .assumeRole) == .missing("roleArn", "roleSessionName").inQuery
        )
    }

    @Test(arguments: IAMDocument.malformed)
    func `A session policy that is none is refused`(row: Malformed) {
        #expect(
            vault.refusal(ofAssuming: role, ["Policy": "\(row.document)"]) == row.expected
        )
    }

    @Test func `A managed policy that is not there can be no session policy`() {
        let arn = "arn:aws:iam::000000000000:policy/nobodys"
        #expect(vault.refusal(ofAssuming: role, ["PolicyArns": [["arn": "\(arn)"]]]) != nil)
    }
}

private let sessionPattern = "satisfy regular expression pattern: [\\w+=,.@-]*"

private let refusedAssumptions = [
    Refused(["RoleSessionName": "x"], .constraint("'x'", "roleSessionName", atLeast(2))),
    Refused(
        ["RoleSessionName": "\(long(65))"],
        .constraint("'\(long(65))'", "roleSessionName", atMost(64))
    ),
    Refused(["RoleSessionName": "a b"], .constraint("'a b'", "roleSessionName", sessionPattern)),
    Refused(["SourceIdentity": "a/b"], .constraint("'a/b'", "sourceIdentity", sessionPattern)),
    Refused(["ExternalId": "x"], .constraint("'x'", "externalId", atLeast(2))),
    Refused(
        ["DurationSeconds": "899"],
        .constraint("'899'", "durationSeconds", "have value greater than or equal to 900")
    ),
    Refused(
        ["DurationSeconds": "43201"],
        .constraint("'43201'", "durationSeconds", "have value less than or equal to 43200")
    ),
    Refused(["DurationSeconds": "an hour"], .malformedInput),
    Refused(
        ["Policy": "\(long(2_049))"],
        .constraint("'\(long(2_049))'", "policy", atMost(2_048))
    ),
    Refused(
        ["Tags": .array((0..<51).map { ["Key": "k\($0)", "Value": ""] })],
        .hidden("tags", atMost(50))
    ),
    Refused(["Tags": [["Key": "k"]]], .missing("tags.1.member.value")),
]
