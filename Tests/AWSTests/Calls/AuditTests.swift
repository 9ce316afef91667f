import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("The audit trail")
struct AuditTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    /// The record of the last of `count` calls.
    private func last(of count: Int) throws -> AuditRecord {
        let records = try vault.auditRecords()
        #expect(records.count == count)
        return try #require(records.last)
    }

    @Test(
        "each operation that succeeds leaves one record, but for the one that makes calls itself",
        arguments: SecretsManagerAction.allCases.filter {
            !betweenAccounts.contains($0) && $0 != .batchGetSecretValue
        }
    )
    func success(action: SecretsManagerAction) throws {
        let here: JSONValue = ["AddReplicaRegions": [["Region": "us-east-1"]]]
        let arn =
            action == .stopReplicationToReplica
            ? try vault.create("ordinary", here, by: .root(region: "eu-west-1"))
                .replacing("eu-west-1", with: "us-east-1")
            : try vault.create("ordinary", token: version("1"))
        let secretID = action == .createSecret ? "new" : "ordinary"
        let answer = try vault.callRaw(action, row(of: action).request(secretID))
        let record = try last(of: 2)
        #expect(record.eventName == action.rawValue)
        #expect(record.eventSource == "secretsmanager.amazonaws.com")
        #expect(record.errorCode == nil)
        #expect(record.errorMessage == nil)
        switch action {
        case .createSecret: #expect(record.resourceARN == answer["ARN"]?.string)
        case .batchGetSecretValue, .getRandomPassword, .listSecrets:
            #expect(record.resourceARN == nil)
        case .validateResourcePolicy, .deleteResourcePolicy, .getResourcePolicy,
            .listResourcePolicies, .putResourcePolicy, .removeRegionsFromReplication,
            .replicateSecretToRegions, .stopReplicationToReplica, .associateCrossAccountReplica,
            .disassociateCrossAccountReplica:
            #expect(record.resourceARN == arn)
        case .cancelRotateSecret, .deleteSecret, .describeSecret, .getSecretValue,
            .listSecretVersionIDs, .putSecretValue, .restoreSecret, .rotateSecret, .tagResource,
            .untagResource, .updateSecret, .updateSecretVersionStage:
            #expect(record.resourceARN == arn)
        }
    }

    @Test(
        "each operation that is refused leaves one record with the error",
        arguments: SecretsManagerAction.allCases
    )
    func refusal(action: SecretsManagerAction) throws {
        let refusal = try #require(vault.refusal(of: action, row(of: action).mistyped))
        let record = try last(of: 1)
        #expect(record.eventName == action.rawValue)
        #expect(record.errorCode == refusal.code)
        #expect(record.errorMessage == refusal.text)
        #expect(record.resourceARN == nil)
    }

    @Test("a refusal about a known secret names the secret")
    func refusedSecret() throws {
        let arn = try vault.create("a")
        try vault.call(.deleteSecret, ["SecretId": "a"])
        for action: SecretsManagerAction in [.getSecretValue, .deleteSecret] {
            _ = vault.refusal(of: action, ["SecretId": "a"])
        }
        let records = try vault.auditRecords()
        #expect(records.map(\.resourceARN) == Array(repeating: arn, count: 4))
        #expect(
            records.map(\.errorCode)
                == [nil, nil, "InvalidRequestException", "InvalidRequestException"]
        )
    }

    @Test("BatchGetSecretValue has a record of its own and one GetSecretValue for each secret")
    func batch() throws {
        let arn = try vault.create("a")
        try vault.call(.batchGetSecretValue, ["SecretIdList": ["a", "b"]])
        let records = try vault.auditRecords().suffix(3)
        let source = "secretsmanager.amazonaws.com"
        #expect(
            records.map(\.eventName) == ["BatchGetSecretValue", "GetSecretValue", "GetSecretValue"]
        )
        #expect(records.map(\.resourceARN) == [nil, arn, nil])
        #expect(records.map(\.errorCode) == [nil, nil, "ResourceNotFoundException"])
        #expect(records.last?.requestParameters == #"{"secretId":"b"}"#)
        let id = records.first?.requestID ?? ""
        #expect(records.dropFirst().map(\.requestID) == ["\(id):a", "\(id):b"])
        #expect(records.map(\.invokedBy) == [nil, source, source])
    }

    @Test("a record says who called, from where, when, and whether it only read")
    func caller() throws {
        vault.clock.advance(milliseconds: 7)
        try vault.create("a", by: .root(account: "111122223333", region: "eu-west-1"))
        let record = try last(of: 1)
        #expect(record.time.milliseconds == startOfTests + 7)
        #expect(record.requestID == "00000000-0000-4000-8000-000000000000")
        #expect(record.scope == Scope(account: "111122223333", region: "eu-west-1"))
        #expect(record.principalARN == "arn:aws:iam::111122223333:root")
        #expect(record.accessKeyID == "test")
        #expect(record.sourceAddress == "127.0.0.1")
        #expect(record.userAgent == "tests")
        #expect(!record.isReadOnly)
    }

    @Test(
        "reading operations are marked as such",
        arguments: [
            (.batchGetSecretValue, true), (.cancelRotateSecret, false), (.createSecret, false),
            (.deleteSecret, false), (.describeSecret, true), (.getRandomPassword, true),
            (.getSecretValue, true), (.listSecretVersionIDs, true), (.listSecrets, true),
            (.putSecretValue, false), (.restoreSecret, false), (.rotateSecret, false),
            (.tagResource, false), (.untagResource, false),
            (.updateSecret, false), (.updateSecretVersionStage, false),
            (.deleteResourcePolicy, false), (.getResourcePolicy, true),
            (.listResourcePolicies, true), (.putResourcePolicy, false),
            (.associateCrossAccountReplica, false), (.disassociateCrossAccountReplica, false),
            (.validateResourcePolicy, true), (.removeRegionsFromReplication, false),
            (.replicateSecretToRegions, false), (.stopReplicationToReplica, false),
        ] as [(SecretsManagerAction, Bool)]
    )
    func readOnly(action: SecretsManagerAction, isReadOnly: Bool) throws {
        _ = vault.refusal(of: action, row(of: action).mistyped)
        #expect(try last(of: 1).isReadOnly == isReadOnly)
    }

    @Test(
        "parameters are those of the request, their names in lower camel case",
        arguments: [
            (
                .createSecret,
                ["Name": "n", "ClientRequestToken": "\(version("9"))", "Tags": [["Key": "k"]]],
                #"{"name":"n","clientRequestToken":"\#(version("9"))","tags":[{"key":"k"}],"forceOverwriteReplicaSecret":false}"#
            ),
            (
                .getSecretValue, ["SecretId": "a", "VersionStage": "AWSCURRENT"],
                #"{"secretId":"a","versionStage":"AWSCURRENT"}"#
            ),
            (
                .deleteSecret, ["SecretId": "a", "RecoveryWindowInDays": 7],
                #"{"secretId":"a","recoveryWindowInDays":7}"#
            ),
            (
                .listSecrets,
                ["MaxResults": 5, "Filters": [["Key": "name", "Values": ["a"]]]],
                #"{"maxResults":5,"filters":[{"key":"name","values":["a"]}]}"#
            ),
            (
                .updateSecret,
                ["SecretId": "a", "ClientRequestToken": "\(version("9"))", "KmsKeyId": "k"],
                #"{"secretId":"a","clientRequestToken":"\#(version("9"))","kmsKeyId":"k"}"#
            ),
            (
                .untagResource, ["SecretId": "a", "TagKeys": ["k"]],
                #"{"secretId":"a","tagKeys":["k"]}"#
            ),
            (.listSecrets, [:], nil),
            (.describeSecret, ["SecretId": nil], nil),
        ] as [(SecretsManagerAction, JSONValue, String?)]
    )
    func parameters(action: SecretsManagerAction, members: JSONValue, expected: String?) throws {
        _ = vault.refusal(of: action, members)
        #expect(try last(of: 1).requestParameters == expected)
    }
}

@Suite("What the audit trail never holds")
struct AuditSecrecyTests {
    let vault: ScratchVault
    private let needle = "NeedleNeedleNeedleNeedleNeedleNeedle"

    init() throws {
        vault = try ScratchVault()
    }

    @Test(
        "no value, no rotation token and no unknown member, of any operation",
        arguments: SecretsManagerAction.allCases
    )
    func everyOperation(action: SecretsManagerAction) throws {
        try vault.create("ordinary", value: needle, token: version("1"))
        let hidden: JSONValue = "\(needle)"
        // Each once well-formed and once of a type or a length that is refused with a text.
        let additions: [(String, JSONValue)] = [
            ("SecretString", hidden), ("SecretBinary", hidden), ("RotationToken", hidden),
            ("SecretString", [hidden]), ("SecretBinary", "%\(needle)"), ("Password", hidden),
            ("RotationToken", "\(needle)_"), ("secretString", hidden),
            ("SecretString", "\(String(repeating: needle, count: 2_000))"),
            (needle, 1), ("Nested", ["Deep": [hidden]]),
        ]
        for (name, value) in additions {
            var members = row(of: action).request("ordinary")
            members.set(name, value)
            _ = vault.refusal(of: action, members)
        }
        for record in try vault.auditRecords() {
            #expect(!String(reflecting: record).contains("Needle"), "\(record.eventName)")
        }
    }

    @Test("a random password is not recorded")
    func password() throws {
        let answer = try vault.call(.getRandomPassword, ["PasswordLength": 40])
        let password = try #require(answer["RandomPassword"]?.string)
        let records = try vault.auditRecords()
        #expect(!String(reflecting: records).contains(password))
        #expect(records.first?.requestParameters == #"{"passwordLength":40}"#)
    }

    @Test("unknown members inside tags and filters are not recorded either")
    func nested() throws {
        let members: JSONValue = [
            "SecretId": "a", "Tags": [["Key": "k", "Value": "v", "SecretString": "\(needle)"]],
        ]
        _ = vault.refusal(of: .tagResource, members)
        let record = try vault.auditRecords().first
        #expect(
            record?.requestParameters == #"{"secretId":"a","tags":[{"key":"k","value":"v"}]}"#
        )
    }
}
