import Notation
import Testing

@testable import AWS

private let here = Scope(account: "000000000000", region: "us-east-1")
private let there = Scope(account: "111122223333", region: "eu-west-1")

@Suite("What a SecretId points at")
struct SecretAddressTests {
    @Test(
        "a SecretId resolves as AWS resolves it",
        arguments: [
            ("prod/db", .name("prod/db", here)),
            ("Name-a1b2c3", .name("Name-a1b2c3", here)),
            (arn("prod/db-AbCdEf"), .arn(arn("prod/db-AbCdEf"), there)),
            (arn("prod/db"), .name("prod/db", there)),
            // The trap: a name that ends in a hyphen and six characters looks like a whole ARN.
            (arn("driftsentry/prod/jwt-secret"), .arn(arn("driftsentry/prod/jwt-secret"), there)),
            (arn("Name-a1b2c3-XyZ123"), .arn(arn("Name-a1b2c3-XyZ123"), there)),
            (arn("Name-a1b2"), .name("Name-a1b2", there)),
            (arn("Name-a1b2c3-"), .name("Name-a1b2c3-", there)),
            (arn("Name-a1b2c_"), .name("Name-a1b2c_", there)),
        ] as [(String, SecretAddress)]
    )
    func resolution(secretID: String, address: SecretAddress) throws {
        #expect(try SecretAddress(secretID, from: here) == address)
    }

    @Test(
        "a name with other characters is refused before anyone looks",
        arguments: ["a b", "a#b", "ä", "a:b", "a\u{0}", "a\n", "ARN:aws:x", "*"]
    )
    func badNames(secretID: String) {
        let error = #expect(throws: APIError.self) { try SecretAddress(secretID, from: here) }
        #expect(error == .invalidName)
    }

    @Test(
        "an ARN of something else is refused",
        arguments: [
            "arn:", "arn:aws:s3:::bucket", "arn:aws:secretsmanager:us-east-1:1:secret:",
            "arn:aws:secretsmanager:us-east-1::secret:a", "arn:aws:secretsmanager::1:secret:a",
            "arn:aws:secretsmanager:us-east-1:1:thing:a", "arn:aws:secretsmanager:us-east-1:1",
        ]
    )
    func badARNs(secretID: String) {
        let error = #expect(throws: APIError.self) { try SecretAddress(secretID, from: here) }
        #expect(error == .invalidARN)
    }

    @Test(
        "the ARN of a secret begins with its region's partition",
        arguments: [
            ("us-east-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"),
        ]
    )
    func partitions(region: String, partition: String) {
        let scope = Scope(account: "000000000000", region: region)
        let made = SecretARN(scope: scope, name: "a/b", suffix: "AbCdEf")
        #expect(
            made.text == "arn:\(partition):secretsmanager:\(region):000000000000:secret:a/b-AbCdEf"
        )
    }
}

private func arn(_ resource: String) -> String {
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:\(resource)"
}
