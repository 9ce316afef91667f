import JSON
import TestSupport
import Testing

@testable import AWS
@testable import PocketvaultServer

@Suite("Rotation in seed documents")
struct SeedRotationTests {
    private func document(_ secret: String) throws(SeedError) -> SeedDocument {
        try SeedDocument(
            Array("{\"version\":1,\"secrets\":[\n{\"name\":\"a\",\(secret)}]}".utf8),
            file: "seed.json",
            defaultScope: .here
        )
    }

    /// DescribeSecret of the one secret, after it was made at 2026-01-15 10:00 UTC.
    private func described(_ secret: String) throws -> JSONValue {
        let plan = try SeedPlan([try document(secret)])
        let server = try ScratchServer()
        let now = server.scratch.clock.now
        try server.scratch.write { vault throws(APIError) in
            _ = try plan.apply(to: vault, at: now, randomness: Randomness { 42 })
        }
        return server.call("DescribeSecret", #"{"SecretId":"a"}"#).json
    }

    @Test("a secret is configured as RotateSecret would do it, and no rotation begins")
    func configured() throws {
        let secret = try described(
            #"""
            "value":"v","rotation":{"lambdaArn":"arn:aws:lambda:us-east-1:000000000000:function:f",
              "scheduleExpression":"rate(10 days)","duration":"3h"}
            """#
        )
        #expect(secret["RotationEnabled"] == true)
        #expect(
            secret["RotationLambdaARN"] == "arn:aws:lambda:us-east-1:000000000000:function:f"
        )
        #expect(
            secret["RotationRules"]?.jsonText()
                == #"{"Duration":"3h","ScheduleExpression":"rate(10 days)"}"#
        )
        // 25 January, 02:59:59.
        #expect(secret["NextRotationDate"] == 1_769_309_999)
        #expect(secret["LastRotatedDate"] == nil)
        guard case .object(let versions) = secret["VersionIdsToStages"] else {
            Issue.record("there are no versions")
            return
        }
        #expect(versions.members.map(\.value) == [["AWSCURRENT"]])
    }

    @Test("a cancelled rotation keeps its function and its rules")
    func cancelled() throws {
        let secret = try described(
            #""rotation":{"lambdaArn":"f","automaticallyAfterDays":30,"enabled":false}"#
        )
        #expect(secret["RotationEnabled"] == false)
        #expect(secret["RotationRules"]?.jsonText() == #"{"AutomaticallyAfterDays":30}"#)
        #expect(secret["NextRotationDate"] == nil)
    }

    @Test("a service's secret needs no function and has the service's own tags")
    func serviceOwned() throws {
        let secret = try described(
            #"""
            "owningService":"rds","tags":{"aws:secretsmanager:owningService":"rds"},
            "rotation":{"automaticallyAfterDays":7}
            """#
        )
        #expect(secret["OwningService"] == "rds")
        #expect(secret["RotationEnabled"] == true)
        #expect(secret["RotationLambdaARN"] == nil)
        #expect(secret["Tags"]?[0]?["Key"] == "aws:secretsmanager:owningService")
    }

    @Test("C24: the versions of a service's secret have their ids in capitals")
    func serviceOwnedVersions() throws {
        func ids(_ members: String) throws -> [String] {
            try described(#""value":"v""# + members)["VersionIdsToStages"]?.names ?? []
        }
        let owned = try ids(#","owningService":"rds""#)
        #expect(owned.count == 1)
        #expect(owned == owned.map { $0.uppercased() })
        #expect(owned.allSatisfy { $0.contains { $0.isLetter } })
        #expect(try ids("") == owned.map { $0.lowercased() })
    }

    @Test("a partner's secret is rotated by a role")
    func external() throws {
        let secret = try described(
            #"""
            "type":"SnowflakePat",
            "rotation":{"roleArn":"arn:aws:iam::000000000000:role/r","metadata":{"k":"v"}}
            """#
        )
        #expect(secret["Type"] == "SnowflakePat")
        #expect(secret["ExternalSecretRotationRoleArn"] == "arn:aws:iam::000000000000:role/r")
        #expect(
            secret["ExternalSecretRotationMetadata"]?.jsonText()
                == #"[{"Key":"k","Value":"v"}]"#
        )
        #expect(secret["RotationRules"] == nil)
    }

    @Test(
        "what RotateSecret would refuse is refused, with the place",
        arguments: [
            (#""rotation":[]"#, "secrets[0].rotation: must be an object"),
            (#""rotation":{}"#, "secrets[0].rotation: the member lambdaArn is missing"),
            (
                #""rotation":{"lambdaARN":"f"}"#,
                "secrets[0].rotation.lambdaARN: there is no such member here; there are lambdaArn,"
                    + " roleArn, metadata, automaticallyAfterDays, scheduleExpression, duration,"
                    + " enabled"
            ),
            (
                #""rotation":{"lambdaArn":"f","scheduleExpression":"daily"}"#,
                "secrets[0].rotation: Invalid schedule expression."
            ),
            (
                #""rotation":{"lambdaArn":"f","automaticallyAfterDays":0}"#,
                "secrets[0].rotation: AutomaticallyAfterDays must be between 1 and 1000 days."
            ),
            (
                #""rotation":{"lambdaArn":"f","automaticallyAfterDays":1.5}"#,
                "secrets[0].rotation.automaticallyAfterDays: must be a whole number"
            ),
            (
                #""rotation":{"lambdaArn":"f","enabled":"no"}"#,
                "secrets[0].rotation.enabled: must be true or false"
            ),
            (
                #""rotation":{"roleArn":"arn:aws:iam::000000000000:role/r"}"#,
                "secrets[0].rotation.roleArn: only a secret with a type is rotated by a role;"
                    + " remove it"
            ),
            (
                #""type":"SnowflakePat","rotation":{"lambdaArn":"f"}"#,
                "secrets[0].rotation.lambdaArn: a partner's secret is rotated by roleArn;"
                    + " remove it"
            ),
            (
                #""type":"SnowflakePat","rotation":{"roleArn":"short"}"#,
                "secrets[0].rotation.roleArn: must have length greater than or equal to 20"
            ),
            (
                #""owningService":"rds","rotation":{"lambdaArn":"f"}"#,
                "secrets[0].rotation.lambdaArn: the service that owns the secret rotates it;"
                    + " remove it"
            ),
            (
                #""type":"Partner""#,
                "secrets[0].type: must be the name of a partner's type, as SnowflakePat"
            ),
            (
                #""tags":{"aws:x":"y"}"#,
                "secrets[0].tags.aws:x: keys that begin with aws: belong to AWS; choose another"
            ),
        ]
    )
    func refused(secret: String, message: String) {
        let error = #expect(throws: SeedError.self) { try document(secret) }
        #expect(error?.description == "seed.json:2: \(message)")
    }
}
