import AWS
import HTTPServer
import JSON
import TestSupport
import Testing

/// Calls of the trail, whose permissions are asked about again.
@Suite struct PolicyExplanationTests {
    private let server: ScratchServer
    private let caller: Caller

    init() throws {
        server = try ScratchServer()
        caller = try server.scratch.user("u")
    }

    /// Grants the permissions, and asks about the call that was made last.
    private func explanation(_ grants: [String]) throws -> String {
        let policies = grants.enumerated().map { number, policy in ("grant-\(number)", policy) }
        for (name, policy) in policies {
            try server.scratch.iam(
                .putUserPolicy,
                [
                    "UserName": "u", "PolicyName": .string(name),
                    "PolicyDocument": .string(policy),
                ]
            )
        }
        let record = try server.scratch.auditRecords()
            .last { $0.principalARN == caller.principal.arn }
        let answer = server.send(
            .get(
                "/_pocketvault/policy/explain",
                query: "request=\(try #require(record).requestID)"
            )
        )
        return answer.json["explanation"]?.string ?? answer.text
    }

    @Test func `Both the alias and the key of CreateAlias are asked about`() throws {
        let key = try server.scratch.kms(.createKey)["KeyMetadata"]?["Arn"]?.string ?? ""
        try server.scratch.kms(
            .createAlias,
            ["AliasName": "alias/a", "TargetKeyId": .string(key)],
            by: caller
        )
        let alias = "arn:aws:kms:us-east-1:000000000000:alias/a"
        func grant(_ resource: String) -> String {
            PolicyDraft.statement("Allow", "kms:CreateAlias", on: resource)
        }
        let none = try explanation([])
        #expect(none.hasPrefix("Denied"), "\(none)")
        let onlyAlias = try explanation([grant(alias)])
        #expect(onlyAlias.contains("the call also needs kms:CreateAlias on \(key)"), "\(onlyAlias)")
        let both = try explanation([grant(alias), grant(key)])
        #expect(both.hasPrefix("Allowed"), "\(both)")
    }

    @Test func `Every name of GetParameters is asked about`() throws {
        try server.scratch.ssm(.getParameters, ["Names": ["x/a", "x/b"]], by: caller)
        let parameter = "arn:aws:ssm:us-east-1:000000000000:parameter/x/"
        func grant(_ name: String) -> String {
            PolicyDraft.statement("Allow", "ssm:GetParameters", on: parameter + name)
        }
        let one = try explanation([grant("a")])
        #expect(one.contains("the call also needs ssm:GetParameters on \(parameter)b"), "\(one)")
        let both = try explanation([grant("a"), grant("b")])
        #expect(both.hasPrefix("Allowed"), "\(both)")
    }

    private func explanation(ofRequest requestID: String) -> JSONValue {
        server.send(.get("/_pocketvault/policy/explain", query: "request=\(requestID)")).json
    }

    @Test func `A call across accounts is explained for who called`() throws {
        let scratch = server.scratch
        let arn =
            try scratch.call(.createSecret, ["Name": "n", "SecretString": "v"])["ARN"] ?? .null
        let allow = PolicyDraft.statement("Allow", "secretsmanager:*")
        let foreign = try scratch.user("f", account: "111111111111", policies: [allow])
        // With `--iam off` it is let in.
        try scratch.call(.untagResource, ["SecretId": arn, "TagKeys": ["k"]], by: foreign)
        let answer = explanation(ofRequest: foreign.requestID)
        #expect(answer["principal"] == .string(foreign.principal.arn))
        #expect(answer["explanation"]?.string?.hasPrefix("Denied") == true, "\(answer)")
    }

    @Test func `A call that made others is explained itself`() throws {
        let scratch = server.scratch
        let names = ["a", "b"]
        for name in names {
            try scratch.call(.createSecret, ["Name": .string(name), "SecretString": "v"])
        }
        try scratch.call(.batchGetSecretValue, ["SecretIdList": ["a", "b"]], by: caller)
        // Two of the root, the call, and what it called.
        _ = try scratch.auditRecords()
        let answer = explanation(ofRequest: caller.requestID)
        #expect(answer["action"] == "secretsmanager:BatchGetSecretValue", "\(answer)")
    }

    @Test func `What a refused call named badly is no obstacle to explaining`() throws {
        #expect(throws: APIError.self) {
            try server.scratch.call(
                .createSecret,
                ["Name": "n", "CrossAccountPrimaryARN": "arn:of:nothing:at:all:there"],
                by: caller
            )
        }
        let explained = explanation(ofRequest: caller.requestID)
        #expect(explained["explanation"]?.string?.hasPrefix("Denied") == true, "\(explained)")
        let suggested = server.send(
            .get("/_pocketvault/policy/suggest", query: "principal=\(caller.principal.arn)")
        )
        #expect(suggested.status == 200, "\(suggested.text)")
    }

    @Test func `Condition keys of one permission are not those of another`() throws {
        let scratch = server.scratch
        let create = PolicyDraft.statement("Allow", "secretsmanager:CreateSecret")
        let tag = PolicyDraft.statement(
            "Allow",
            "secretsmanager:TagResource",
            if: #"{"StringEquals":{"secretsmanager:Name":"n"}}"#
        )
        let tags: JSONValue = [["Key": "k", "Value": "v"]]
        try scratch.call(.createSecret, ["Name": "n", "Tags": tags], by: caller)
        let text = try explanation([create, tag])
        #expect(text.contains("the call also needs secretsmanager:TagResource"), "\(text)")
    }
}
