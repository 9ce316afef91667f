import Formats
import Notation
import Testing

@Suite struct DescriptionTests {
    private static let arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf"

    @Test(
        arguments: [
            (#"{"SecretList":[]}"#, DescriptionFormat.aws),
            (#" {"SecretValues":[],"Errors":[]}"#, .aws),
            (#"{"ARN":"\#(Self.arn)","Name":"a"}"#, .aws),
            (#"[{"ARN":"\#(Self.arn)","Name":"a"}]"#, .aws),
            (#"{"version":4,"terraform_version":"1.9","resources":[]}"#, .terraformState),
            (#"{"version":1,"secrets":[]}"#, nil), (#"{"ARN":"a","Name":"b"}"#, nil),
            ("A=1", nil), ("{", nil), ("", nil),
        ] as [(String, DescriptionFormat?)]
    )
    func `What AWS and Terraform write is told by its content`(
        _ text: String,
        _ format: DescriptionFormat?
    ) {
        #expect(DescriptionFormat.of(Array(text.utf8)) == format)
    }

    @Test func `The answers about versions of one secret are put together`() throws {
        let text = #"""
            [{"ARN":"\#(Self.arn)","Name":"a","VersionIdsToStages":{"new":["AWSCURRENT"],"old":["X"]}},
             {"ARN":"\#(Self.arn)","Name":"a","VersionId":"new","SecretString":"v"}]
            """#
        let secrets = try DescriptionFormat.aws.read(Array(text.utf8))
        #expect(secrets.count == 1)
        #expect(secrets.first?.versions.map(\.id) == ["old", "new"])
        #expect(secrets.first?.versions.map { $0.value == .text("v") } == [false, true])
        #expect(secrets.first?.currentVersion?.id == "new")
    }

    @Test(
        arguments: [
            (#","DeletedDate":"2026-11-01T10:00:00Z""#, "it is scheduled for deletion"),
            (#","PrimaryRegion":"us-east-1""#, "it is a replica"),
            (#","PrimaryRegion":"eu-west-1""#, nil),
        ] as [(String, String?)]
    )
    func `Secrets that no document could make are told`(
        _ member: String,
        _ obstacle: String?
    ) throws {
        let text = #"{"ARN":"\#(Self.arn)","Name":"a"\#(member)}"#
        let secrets = try DescriptionFormat.aws.read(Array(text.utf8))
        #expect(secrets.map(\.obstacle) == [obstacle])
    }

    @Test(
        arguments: [
            (
                "{\"SecretList\":\n{}}", DescriptionFormat.aws,
                "line 2: SecretList: must be a list of secrets"
            ),
            (
                "[{\"ARN\":\"a\",\"Name\":\"b\",\n\"SecretBinary\":\"?\"}]", .aws,
                "line 2: [0].SecretBinary: is no base64"
            ),
            (
                "{\"version\":3}", .terraformState,
                "line 1: version: only states of version 4 are read"
            ),
        ]
    )
    func `What is wrong is told with line and member`(
        _ text: String,
        _ format: DescriptionFormat,
        _ reason: String
    ) throws {
        let error = try #require(throws: FormatError.self) {
            try format.read(Array(text.utf8))
        }
        #expect(error.description == reason)
    }
}
