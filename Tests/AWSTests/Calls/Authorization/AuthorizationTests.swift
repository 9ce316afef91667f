import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("Authorisation")
struct AuthorizationTests {
    private let vault: ScratchVault
    private let prodARN: String

    init() throws {
        vault = try ScratchVault(authorization: .enforce)
        prodARN = try vault.create("driftsentry/prod/database-url")
        try vault.create("driftsentry/stage/database-url")
    }

    private static let reader = PolicyDraft.statement(
        "Allow",
        "secretsmanager:GetSecretValue",
        "secretsmanager:DescribeSecret",
        on: "arn:aws:secretsmanager:us-east-1:*:secret:driftsentry/prod/*"
    )

    private func read(_ secretID: String, by caller: Caller) -> Refusal? {
        vault.refusal(of: .getSecretValue, ["SecretId": .string(secretID)], by: caller)
    }

    private func refused(
        _ caller: Caller,
        _ action: String,
        _ resource: String,
        _ reason: String
    ) -> Refusal {
        Refusal(
            "AccessDeniedException",
            "User: \(caller.principal.arn) is not authorized to perform: \(action)"
                + " on resource: \(resource) \(reason)"
        )
    }

    private static let get = "secretsmanager:GetSecretValue"
    private static let noIdentity =
        "because no identity-based policy allows the secretsmanager:GetSecretValue action"

    @Test("a role's session reads what its policy names, by name, partial and whole ARN")
    func reads() throws {
        let task = try vault.session("task-role", policies: [Self.reader])
        let partial = String(prodARN.dropLast(7))
        for secretID in ["driftsentry/prod/database-url", partial, prodARN] {
            #expect(read(secretID, by: task) == nil)
        }
    }

    @Test("it is refused the rest, with the SecretId as it was sent")
    func others() throws {
        let task = try vault.session("task-role", policies: [Self.reader])
        let stage = "driftsentry/stage/database-url"
        #expect(read(stage, by: task) == refused(task, Self.get, stage, Self.noIdentity))
        let write = vault.refusal(
            of: .putSecretValue,
            ["SecretId": .string(prodARN), "SecretString": "x"],
            by: task
        )
        let put = "secretsmanager:PutSecretValue"
        let reason = "because no identity-based policy allows the \(put) action"
        #expect(write == refused(task, put, prodARN, reason))
    }

    @Test("without permission an unknown secret is refused, with permission it is not found")
    func unknown() throws {
        let task = try vault.session("task-role", policies: [Self.reader])
        let none = "driftsentry/stage/none"
        #expect(read(none, by: task) == refused(task, Self.get, none, Self.noIdentity))
        #expect(read("driftsentry/prod/none", by: task) == .unknownSecret)
    }

    @Test("the suffix is part of what a pattern must match")
    func suffix() throws {
        let exact = PolicyDraft.statement(
            "Allow",
            "secretsmanager:*",
            on: "\(prodARN.dropLast(6))??????"
        )
        let user = try vault.user("u", policies: [exact])
        #expect(read("driftsentry/prod/database-url", by: user) == nil)
        let create = PolicyDraft.statement(
            "Allow",
            "secretsmanager:CreateSecret",
            on: "arn:aws:secretsmanager:us-east-1:000000000000:secret:new-??????"
        )
        let maker = try vault.user("maker", policies: [create])
        #expect(try vault.create("new", by: maker).contains(":secret:new-"))
        #expect(throws: APIError.self) { try vault.create("newer", by: maker) }
    }

    @Test("a boundary and a session policy each limit, and are named")
    func limits() throws {
        let all = PolicyDraft.statement("Allow", "*")
        let nothing = PolicyDraft.statement("Allow", "s3:*")
        let name = "driftsentry/prod/database-url"
        let bounded = try vault.user("bounded", policies: [all], boundary: nothing)
        let noBoundary = "because no permissions boundary allows the \(Self.get) action"
        #expect(read(name, by: bounded) == refused(bounded, Self.get, name, noBoundary))
        let limited = try vault.session("limited", policies: [all], sessionPolicies: [nothing])
        let noSession = "because no session policy allows the \(Self.get) action"
        #expect(read(name, by: limited) == refused(limited, Self.get, name, noSession))
    }

    @Test("a resource policy that denies is named, and binds the root too")
    func resourceDeny() throws {
        let deny = PolicyDraft.statement(
            "Deny",
            Self.get,
            principal: #"{"AWS":"arn:aws:iam::000000000000:root"}"#
        )
        try vault.putPolicy(deny, on: prodARN)
        let reason = "with an explicit deny in a resource-based policy"
        #expect(read(prodARN, by: .root()) == refused(.root(), Self.get, prodARN, reason))
    }

    @Test("a resource policy that names the user is enough in its account")
    func resourceAllow() throws {
        let user = try vault.user("named")
        #expect(read(prodARN, by: user) != nil)
        let principal = #"{"AWS":"arn:aws:iam::000000000000:user/named"}"#
        try vault.putPolicy(
            PolicyDraft.statement("Allow", Self.get, principal: principal),
            on: prodARN
        )
        #expect(read(prodARN, by: user) == nil)
    }

    @Test("a policy that would lock its author out is refused, and the old one stays")
    func lockOut() throws {
        let deny = PolicyDraft.statement(
            "Deny",
            "secretsmanager:*",
            principal: #"{"AWS":"arn:aws:iam::000000000000:root"}"#
        )
        let refused = vault.refusal(
            of: .putResourcePolicy,
            ["SecretId": .string(prodARN), "ResourcePolicy": .string(deny)]
        )
        #expect(
            refused
                == .invalid(
                    "This resource policy will not allow you to manage this secret in the future."
                )
        )
        #expect(try vault.policy(of: prodARN) == nil)
    }

    @Test("whoever may put policies that are not public is not locked out by putting one")
    func lockOutWithCondition() throws {
        let allow = #"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":
            "secretsmanager:PutResourcePolicy","Resource":"*","Condition":
            {"Bool":{"secretsmanager:BlockPublicPolicy":"true"}}}]}
            """#
        let user = try vault.user("careful", policies: [allow])
        let policy = PolicyDraft.statement(
            "Allow",
            Self.get,
            principal: #"{"AWS":"arn:aws:iam::000000000000:root"}"#
        )
        var members: JSONValue = [
            "SecretId": .string(prodARN), "ResourcePolicy": .string(policy),
        ]
        #expect(
            vault.refusal(of: .putResourcePolicy, members, by: user)?.code
                == "AccessDeniedException"
        )
        members.set("BlockPublicPolicy", true)
        #expect(vault.refusal(of: .putResourcePolicy, members, by: user) == nil)
    }

    @Test("a policy may name who is there, and whoever is in an account that is not known")
    func principalsOfPolicies() throws {
        _ = try vault.user("named")
        for (arn, isKnown) in [
            ("arn:aws:iam::000000000000:user/named", true),
            ("arn:aws:iam::000000000000:user/nobody", false),
            ("arn:aws:iam::000000000000:role/named", false),
            ("arn:aws:iam::000000000000:root", true),
            ("arn:aws:iam::444455556666:user/nobody", true),
        ] {
            let policy = PolicyDraft.statement("Allow", Self.get, principal: #"{"AWS":"\#(arn)"}"#)
            let refused = vault.refusal(
                of: .putResourcePolicy,
                ["SecretId": .string(prodARN), "ResourcePolicy": .string(policy)]
            )
            let expected = Refusal(
                "MalformedPolicyDocumentException",
                "This resource policy contains an unsupported principal."
            )
            #expect(refused == (isKnown ? nil : expected), "\(arn)")
        }
    }

    @Test("BatchGetSecretValue asks for each secret by itself")
    func batch() throws {
        let list = PolicyDraft.statement(
            "Allow",
            "secretsmanager:BatchGetSecretValue",
            "secretsmanager:ListSecrets"
        )
        let task = try vault.session("task-role", policies: [Self.reader, list])
        let stage = "driftsentry/stage/database-url"
        let ids: JSONValue = ["driftsentry/prod/database-url", .string(stage)]
        let answer = try vault.call(.batchGetSecretValue, ["SecretIdList": ids], by: task)
        #expect(answer["SecretValues"]?.elements?.count == 1)
        let error = try #require(answer["Errors"]?.elements?.first)
        #expect(error["ErrorCode"]?.string == "AccessDeniedException")
        #expect(error["SecretId"]?.string == stage)
        #expect(
            error["Message"]?.string == refused(task, Self.get, stage, Self.noIdentity).text
        )
        let filter: JSONValue = [["Key": "name", "Values": ["driftsentry/"]]]
        let found = try vault.call(.batchGetSecretValue, ["Filters": filter], by: task)
        #expect(found["SecretValues"]?.elements?.count == 1)
        #expect(found["Errors"]?.elements?.count == 1)
        let records = try vault.auditRecords()
        let refusals = records.filter { $0.decision != nil && $0.eventName == "GetSecretValue" }
        #expect(refusals.count == 2)
    }

    @Test("naming a key needs permission for the name and for the key")
    func aliases() throws {
        let keyID = try vault.createKey()
        let name = "arn:aws:kms:us-east-1:000000000000:alias/app"
        let forName = PolicyDraft.statement("Allow", "kms:*", on: name)
        let forKey = PolicyDraft.statement("Allow", "kms:*", on: keyARN(keyID))
        let members: JSONValue = ["AliasName": "alias/app", "TargetKeyId": .string(keyID)]
        for (user, policies) in [("name", [forName]), ("key", [forKey])] {
            let caller = try vault.user(user, policies: policies)
            let refused = vault.refusal(ofKMS: .createAlias, members, by: caller)
            #expect(refused?.code == "AccessDeniedException")
        }
        let both = try vault.user("both", policies: [forName, forKey])
        #expect(vault.refusal(ofKMS: .createAlias, members, by: both) == nil)
        #expect(vault.refusal(ofKMS: .updateAlias, members, by: both) == nil)
        let delete: JSONValue = ["AliasName": "alias/app"]
        let other = try vault.user("other", policies: [forKey])
        #expect(
            vault.refusal(ofKMS: .deleteAlias, delete, by: other)?.code == "AccessDeniedException"
        )
        #expect(vault.refusal(ofKMS: .deleteAlias, delete, by: both) == nil)
    }

    @Test("tags, replicas and filters need permissions of their own")
    func dependent() throws {
        let create = PolicyDraft.statement("Allow", "secretsmanager:CreateSecret")
        let user = try vault.user("u", policies: [create])
        for (members, action) in [
            (["Tags": [["Key": "a", "Value": "b"]]] as JSONValue, "TagResource"),
            (["AddReplicaRegions": [["Region": "eu-west-1"]]], "ReplicateSecretToRegions"),
        ] {
            let error = #expect(throws: APIError.self) {
                try vault.create("new", members, by: user)
            }
            #expect(error?.message?.contains("perform: secretsmanager:\(action) on") == true)
        }
        #expect(try vault.create("new", by: user).contains("new"))
    }
}
