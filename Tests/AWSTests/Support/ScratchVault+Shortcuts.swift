import AWS
import JSON
import Notation
import TestSupport

/// What the tests do again and again.
extension ScratchVault {
    /// The error of a call with just these members; nil when it succeeds.
    func refusal(
        of action: SecretsManagerAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) -> Refusal? {
        do throws(APIError) {
            try callRaw(action, members, by: caller)
            return nil
        } catch {
            return Refusal(error)
        }
    }

    /// Makes a secret, with a value unless it is nil, and gives its ARN.
    @discardableResult
    func create(
        _ name: String,
        value: String? = "first",
        token: String? = nil,
        _ others: JSONValue = [:],
        by caller: Caller = .root()
    ) throws -> String {
        var members = others
        members.set("Name", .string(name))
        if let value { members.set("SecretString", .string(value)) }
        if let token { members.set("ClientRequestToken", .string(token)) }
        return try call(.createSecret, members, by: caller)["ARN"]?.string ?? ""
    }

    /// Puts a value under a version id of the test's choice.
    @discardableResult
    func put(
        _ value: String,
        on secretID: String,
        token: String,
        stages: [String]? = nil
    ) throws -> JSONValue {
        var members: JSONValue = [
            "SecretId": .string(secretID), "SecretString": .string(value),
            "ClientRequestToken": .string(token),
        ]
        if let stages { members.set("VersionStages", .array(stages.map(JSONValue.string))) }
        return try callRaw(.putSecretValue, members)
    }

    func describe(_ secretID: String, by caller: Caller = .root()) throws -> JSONValue {
        try call(.describeSecret, ["SecretId": .string(secretID)], by: caller)
    }

    /// SecretString of the current version, or of another one.
    func value(of secretID: String, version: String? = nil) throws -> String? {
        var members: JSONValue = ["SecretId": .string(secretID)]
        if let version { members.set("VersionId", .string(version)) }
        return try call(.getSecretValue, members)["SecretString"]?.string
    }

    /// VersionIdsToStages.
    func labels(of secretID: String) throws -> [String: [String]] {
        try describe(secretID).versionIDsToStages
    }

    /// The versions that ListSecretVersionIds gives, deprecated ones too.
    func allVersions(of secretID: String) throws -> [JSONValue] {
        let members: JSONValue = ["SecretId": .string(secretID), "IncludeDeprecated": true]
        return try call(.listSecretVersionIDs, members)["Versions"]?.elements ?? []
    }

    /// LastChangedDate, in milliseconds.
    func lastChange(of secretID: String) throws -> Int64? {
        try describe(secretID)["LastChangedDate"]?.milliseconds
    }

    /// Makes a secret that RDS owns, which no operation does; with a value.
    func createOwnedByRDS(_ name: String) throws {
        let now = clock.now
        let token = nextToken()
        try write { vault throws(APIError) in
            let secret = try vault.insert(
                NewSecret(
                    arn: SecretARN(
                        scope: Scope(account: "000000000000", region: "us-east-1"),
                        name: name,
                        suffix: "RdsRds"
                    ),
                    owningService: "rds",
                    createdAt: now
                )
            )
            try NewVersion(
                id: token,
                value: SecretValue(kind: .string, bytes: Array("of rds".utf8)),
                stagingLabels: ["AWSCURRENT"]
            )
            .add(to: secret, at: now, by: .service, in: vault)
        }
    }
}

extension JSONValue {
    /// A date of the wire, which is in seconds with up to three decimals.
    var milliseconds: Int64? {
        guard case .number(let number) = self, let seconds = number.double else { return nil }
        return Int64((seconds * 1_000).rounded())
    }

    /// The labels by version of an answer of DescribeSecret.
    var versionIDsToStages: [String: [String]] {
        guard case .object(let versions) = self["VersionIdsToStages"] else { return [:] }
        return Dictionary(
            versions.members.map { ($0.name, $0.value.strings ?? []) },
            uniquingKeysWith: +
        )
    }

    /// The texts of a list.
    var strings: [String]? { elements?.compactMap(\.string) }

    /// The document on one line, as it goes over the wire.
    var text: String { jsonText() }
}

/// A version id of the test's choice: 32 characters that end in `name`.
func version(_ name: String) -> String {
    String(repeating: "0", count: 32 - name.utf8.count) + name
}

/// 2026-01-15 10:00:00 UTC, when the test clock begins.
let startOfTests: Int64 = 1_768_471_200_000
/// 00:00 UTC of that day, in seconds.
let firstDay: Int64 = 1_768_435_200
