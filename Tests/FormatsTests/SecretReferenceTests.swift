import Formats
import Testing

@Suite struct SecretReferenceTests {
    private static let arn =
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:driftsentry/prod/api-keys-AbCdEf"

    @Test func `An ARN alone is the whole secret`() throws {
        #expect(
            try SecretReference(valueFrom: Self.arn) == SecretReference(secretID: Self.arn)
        )
    }

    @Test(
        arguments: [
            (":stripe::", "stripe", nil, nil),
            ("::AWSPREVIOUS:", nil, "AWSPREVIOUS", nil),
            (":::a1b2", nil, nil, "a1b2"),
            (":stripe:AWSPREVIOUS:a1b2", "stripe", "AWSPREVIOUS", "a1b2"),
            (":::", nil, nil, nil),
        ] as [(String, String?, String?, String?)]
    )
    func `Behind the ARN come key, stage and version, each perhaps empty`(
        _ rest: String,
        _ key: String?,
        _ stage: String?,
        _ version: String?
    ) throws {
        let expected = SecretReference(
            secretID: Self.arn,
            jsonKey: key,
            versionStage: stage,
            versionID: version
        )
        #expect(try SecretReference(valueFrom: Self.arn + rest) == expected)
        #expect(try SecretReference.of(value: Self.arn + rest) == expected)
        let dynamic = "{{resolve:secretsmanager:\(Self.arn):SecretString\(rest)}}"
        #expect(try SecretReference(dynamicReference: dynamic) == expected)
    }

    @Test(arguments: [
        arn + ":stripe", arn + ":stripe:", arn + "::::", "driftsentry/prod/api-keys",
        "arn:aws:ssm:us-east-1:123456789012:parameter/x",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:",
        "arn:aws:secretsmanager:us-east-1:123456789012:other:name", "",
    ])
    func `Any other valueFrom is refused in the words of ECS`(_ text: String) throws {
        let flaw = try #require(throws: SecretReference.Flaw.self) {
            try SecretReference(valueFrom: text)
        }
        #expect(
            "\(flaw)" == "an invalid ARN format for the AWS Secrets Manager secret was specified. "
                + "Specify a valid ARN and try again."
        )
    }

    @Test(arguments: [
        ("{{resolve:secretsmanager:app/db}}", SecretReference(secretID: "app/db")),
        ("{{resolve:secretsmanager:app/db:SecretString}}", SecretReference(secretID: "app/db")),
        (
            "{{resolve:secretsmanager:app/db:SecretString:user}}",
            SecretReference(secretID: "app/db", jsonKey: "user")
        ),
        (
            "{{resolve:secretsmanager:app/db::user:AWSPREVIOUS}}",
            SecretReference(secretID: "app/db", jsonKey: "user", versionStage: "AWSPREVIOUS")
        ),
        (
            "{{resolve:secretsmanager:app/db:SecretString:::v1}}",
            SecretReference(secretID: "app/db", versionID: "v1")
        ),
        ("{{resolve:secretsmanager:\(arn)}}", SecretReference(secretID: arn)),
    ])
    func `A dynamic reference is read as CloudFormation has it`(
        _ text: String,
        _ reference: SecretReference
    ) throws {
        #expect(try SecretReference.of(value: text) == reference)
    }

    @Test(arguments: [
        "{{resolve:secretsmanager:}}", "{{resolve:secretsmanager:a:SecretBinary}}",
        "{{resolve:secretsmanager:a:SecretString:k:s:v:more}}",
        "{{resolve:secretsmanager::SecretString}}",
        "{{resolve:secretsmanager:arn:aws:secretsmanager:us-east-1:123456789012}}",
        "{{resolve:secretsmanager:arn:aws:ssm:us-east-1:123456789012:secret:a}}",
    ])
    func `A dynamic reference that is none is refused, and not taken for a value`(
        _ text: String
    ) {
        #expect(throws: SecretReference.Flaw.dynamicReference) {
            try SecretReference.of(value: text)
        }
    }

    @Test(arguments: [
        "", "postgres://app@localhost/db", "x{{resolve:secretsmanager:a}}",
        "{{resolve:secretsmanager:a}} ", "{{resolve:secretsmanager:a}}{{resolve:secretsmanager:b}}",
        "{{resolve:ssm:a}}", "arn:aws:iam::123456789012:role/app",
        "see \(arn)",
    ])
    func `A value is a reference as a whole or not at all`(_ text: String) throws {
        #expect(try SecretReference.of(value: text) == nil)
    }
}
