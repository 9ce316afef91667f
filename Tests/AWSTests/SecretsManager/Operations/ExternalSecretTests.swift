import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("Secrets that partners and services rotate")
struct ExternalSecretTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create("partner", token: version("1"), ["Type": "SnowflakePat"])
        try vault.createOwnedByRDS("owned")
    }

    private func request(_ secretID: String, _ others: JSONValue = [:]) -> JSONValue {
        others.with("SecretId", "\(secretID)").with("ClientRequestToken", "\(version("2"))")
    }

    @Test(
        "a Type is one of the partners' exact names",
        arguments: [
            "BigIDClientSecret", "CiscoSecurityPlatformApiKey", "ConfluentCloudApiKey",
            "DatadogApiKey", "DatadogApplicationKey", "DatadogAdminKey", "GitLabAccessToken",
            "JenkinsApiToken", "MongoDBAtlasServiceAccount", "MongoDBAtlasDatabaseUser",
            "NetskopeApiToken", "PaddleApiKey", "SalesforceClientSecret",
            "SnowflakeKeyPairAuthentication", "SnowflakePat", "SonarQubeToken",
        ]
    )
    func types(type: String) throws {
        try vault.create("typed", ["Type": "\(type)"])
        #expect(try vault.describe("typed")["Type"]?.string == type)
    }

    @Test(
        "any other Type is refused, by CreateSecret and by UpdateSecret",
        arguments: ["x", "snowflakepat", "SnowflakePat "]
    )
    func unknownType(type: String) throws {
        let refusal = Refusal.invalid("The Type is not one of a managed external secret.")
        let new: JSONValue = [
            "Name": "new", "Type": "\(type)", "ClientRequestToken": "\(version("2"))",
        ]
        #expect(vault.refusal(of: .createSecret, new) == refusal)
        #expect(vault.refusal(of: .describeSecret, ["SecretId": "new"]) == .unknownSecret)
        let before = try vault.describe("partner")
        #expect(
            vault.refusal(of: .updateSecret, request("partner", ["Type": "\(type)"])) == refusal
        )
        #expect(try vault.describe("partner") == before)
    }

    @Test("an empty Type is none")
    func emptyType() throws {
        try vault.create("plain", ["Type": ""])
        #expect(try vault.describe("plain")["Type"] == nil)
        try vault.call(.updateSecret, ["SecretId": "partner", "Type": ""])
        #expect(try vault.describe("partner")["Type"] == nil)
    }

    @Test("an external secret is rotated by a role and what the partner must be told")
    func external() throws {
        let members: JSONValue = [
            "ExternalSecretRotationRoleArn": "\(ScratchVault.role)",
            "ExternalSecretRotationMetadata": [
                ["Key": "b", "Value": "1"], ["Key": "a", "Value": "2"],
            ],
            "RotationRules": ["AutomaticallyAfterDays": 30],
        ]
        try vault.callRaw(.rotateSecret, request("partner", members))
        let secret = try vault.describe("partner")
        #expect(
            secret.names == [
                "ARN", "CreatedDate", "ExternalSecretRotationMetadata",
                "ExternalSecretRotationRoleArn", "LastChangedDate", "Name", "NextRotationDate",
                "RotationEnabled", "RotationRules", "Type", "VersionIdsToStages",
            ]
        )
        #expect(secret["ExternalSecretRotationRoleArn"]?.string == ScratchVault.role)
        #expect(
            secret["ExternalSecretRotationMetadata"]?.text
                == #"[{"Key":"b","Value":"1"},{"Key":"a","Value":"2"}]"#
        )
        let listed = try vault.call(
            .listSecrets,
            ["Filters": [["Key": "name", "Values": ["partner"]]]]
        )["SecretList"][0]
        #expect(listed["ExternalSecretRotationRoleArn"]?.string == ScratchVault.role)
        #expect(
            listed["ExternalSecretRotationMetadata"] == secret["ExternalSecretRotationMetadata"]
        )
    }

    @Test("the role and the metadata are kept each until a new one is given")
    func kept() throws {
        try vault.callRaw(
            .rotateSecret,
            request(
                "partner",
                [
                    "ExternalSecretRotationRoleArn": "\(ScratchVault.role)",
                    "ExternalSecretRotationMetadata": [["Key": "k", "Value": "1"]],
                ]
            )
        )
        try vault.finishRotation(of: "partner")
        try vault.call(.rotateSecret, ["SecretId": "partner"])
        #expect(
            try vault.describe("partner")["ExternalSecretRotationMetadata"]?.text
                == #"[{"Key":"k","Value":"1"}]"#
        )
    }

    @Test("an external secret has no Lambda function, and cannot do without a role")
    func externalRefusals() throws {
        let before = try vault.describe("partner")
        let function: JSONValue = ["RotationLambdaARN": "\(ScratchVault.function)"]
        #expect(
            vault.refusal(of: .rotateSecret, request("partner", function))
                == Refusal(
                    "InvalidRequestException",
                    "Rotation Lambda ARN is not supported for a managed external secret."
                )
        )
        #expect(
            vault.refusal(of: .rotateSecret, request("partner"))
                == Refusal(
                    "InvalidRequestException",
                    "No ExternalSecretRotationRoleArn is associated with this secret."
                )
        )
        let role = "arn:aws:iam::000000000000:role/nobody"
        #expect(
            vault.refusal(
                of: .rotateSecret,
                request("partner", ["ExternalSecretRotationRoleArn": "\(role)"])
            )
                == Refusal(
                    "InvalidRequestException",
                    "Secrets Manager is unable to assume role \(role)."
                )
        )
        #expect(try vault.describe("partner") == before)
    }

    @Test("a service-managed secret takes rules, and shows no Lambda function")
    func managed() throws {
        try vault.callRaw(
            .rotateSecret,
            request("owned", ["RotationRules": ["AutomaticallyAfterDays": 7]])
        )
        let secret = try vault.describe("owned")
        #expect(secret["OwningService"] == "rds")
        #expect(secret["RotationEnabled"] == true)
        #expect(secret["RotationRules"]?.text == #"{"AutomaticallyAfterDays":7}"#)
        #expect(secret["RotationLambdaARN"] == nil)
        #expect(secret["NextRotationDate"] == .number(JSONNumber(firstDay + 8 * 86_400 - 1)))
    }

    @Test("a service-managed secret refuses a Lambda function and an external role")
    func managedRefusals() throws {
        let before = try vault.describe("owned")
        let function: JSONValue = ["RotationLambdaARN": "\(ScratchVault.function)"]
        #expect(
            vault.refusal(of: .rotateSecret, request("owned", function))
                == Refusal(
                    "InvalidRequestException",
                    "Rotation Lambda ARN is not supported for a service-managed secret."
                )
        )
        let role: JSONValue = ["ExternalSecretRotationRoleArn": "\(ScratchVault.role)"]
        #expect(
            vault.refusal(of: .rotateSecret, request("owned", role))
                == .invalid(
                    "ExternalSecretRotationRoleArn and ExternalSecretRotationMetadata are for"
                        + " managed external secrets only."
                )
        )
        #expect(try vault.describe("owned") == before)
    }
}
