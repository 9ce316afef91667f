import AWS
import JSON
import TestSupport
import Testing

/// Who may read a secret by the name of a parameter.
@Suite struct ReferencePermissionTests {
    let vault: ScratchVault
    private let arn: String
    private let keyARN: String

    init() throws {
        vault = try ScratchVault(authorization: .enforce)
        keyARN = try vault.kms(.createKey)["KeyMetadata"]?["Arn"]?.string ?? ""
        arn = try vault.create("a", ["KmsKeyId": "\(keyARN)"])
        try vault.create("other")
    }

    private static let parameters = "arn:aws:ssm:us-east-1:000000000000:parameter"
    private static let reference = "\(parameters)/aws/reference/secretsmanager/a"

    private static func ssm(on resource: String = "*") -> String {
        PolicyDraft.statement("Allow", "ssm:GetParameter", "ssm:GetParameters", on: resource)
    }

    private func refusal(_ action: SSMAction, _ names: String..., by caller: Caller) -> Refusal? {
        let members: JSONValue = [
            "Name": .string(names[0]), "Names": .array(names.map(JSONValue.string)),
            "WithDecryption": true,
        ]
        return vault.refusal(of: .ssm(action), members, by: caller)
    }

    private var read: String { PolicyDraft.statement("Allow", "secretsmanager:*", on: arn) }
    private var decrypt: String { PolicyDraft.statement("Allow", "kms:Decrypt", on: keyARN) }

    @Test(arguments: SSMAction.allCases)
    func `The parameter, the secret and its key each need their permission`(
        action: SSMAction
    ) throws {
        let all = [Self.ssm(on: Self.reference), read, decrypt]
        let name = secretPrefix + "a"
        let allowed = try vault.user("allowed", policies: all)
        #expect(refusal(action, name, by: allowed) == nil)
        let denied = try vault.user("denied", policies: Array(all.dropFirst()))
        let permission = "ssm:\(action.rawValue)"
        #expect(
            refusal(action, name, by: denied)
                == Refusal(
                    "AccessDeniedException",
                    "User: arn:aws:iam::000000000000:user/denied is not authorized to perform:"
                        + " \(permission) on resource: \(Self.reference) because no identity-based"
                        + " policy allows the \(permission) action"
                )
        )
        for missing in 1...2 {
            var others = all
            others.remove(at: missing)
            let user = try vault.user("without-\(missing)", policies: others)
            #expect(refusal(action, name, by: user) == .dependencyFailed)
        }
    }

    @Test func `Who may not read the secret does not learn whether there is one`() throws {
        let user = try vault.user("ssm-only", policies: [Self.ssm()])
        for secret in ["a", "a:nosuch", "missing"] {
            for action in SSMAction.allCases {
                let name = secretPrefix + secret
                #expect(refusal(action, name, by: user) == .dependencyFailed)
            }
        }
        // Both are told before.
        #expect(refusal(.getParameter, secretPrefix + "a:b:c", by: user) == .badSelector)
        let members: JSONValue = ["Name": "\(secretPrefix)missing"]
        #expect(
            vault.refusal(of: .ssm(.getParameter), members, by: user) == .decryptionNeeded
        )
    }

    @Test func `Each name of GetParameters needs its permission, ordinary ones too`() throws {
        let own = try vault.user("own", policies: [Self.ssm(on: Self.reference), read, decrypt])
        let name = secretPrefix + "a"
        for other in [secretPrefix + "other", "/app/colour", "colour"] {
            let refused = refusal(.getParameters, name, other, by: own)
            #expect(refused?.code == "AccessDeniedException")
            let resource = other.hasPrefix("/") ? other : "/\(other)"
            #expect(refused?.text?.contains("\(Self.parameters)\(resource) because") == true)
        }
        let all = try vault.user("all", policies: [Self.ssm(), read, decrypt])
        #expect(refusal(.getParameters, name, "colour", by: all) == nil)
        #expect(refusal(.getParameters, name, secretPrefix + "other", by: all) == .dependencyFailed)
    }

    @Test func `A selector is no part of the parameter's ARN, but a condition of the read`() throws
    {
        let condition = #"{"StringEquals":{"secretsmanager:VersionStage":"AWSCURRENT"}}"#
        let current = PolicyDraft.statement(
            "Allow",
            "secretsmanager:GetSecretValue",
            if: condition
        )
        let user = try vault.user(
            "current",
            policies: [Self.ssm(on: Self.reference), current, decrypt]
        )
        #expect(refusal(.getParameter, secretPrefix + "a:AWSCURRENT", by: user) == nil)
        #expect(refusal(.getParameter, secretPrefix + "a", by: user) == .dependencyFailed)
        #expect(
            refusal(.getParameter, secretPrefix + "a:AWSPREVIOUS", by: user) == .dependencyFailed
        )
    }

    @Test func `The policy of the secret counts`() throws {
        let user = try vault.user("ssm-only", policies: [Self.ssm(), decrypt])
        let principal = #"{"AWS":"arn:aws:iam::000000000000:user/ssm-only"}"#
        try vault.putPolicy(
            PolicyDraft.statement("Allow", "secretsmanager:GetSecretValue", principal: principal),
            on: "a"
        )
        #expect(refusal(.getParameter, secretPrefix + "a", by: user) == nil)
    }

    @Test func `An ordinary parameter of another account by its ARN is asked for there`() throws {
        let shared = "arn:aws:ssm:us-east-1:111122223333:parameter/shared"
        let user = try vault.user("all", policies: [Self.ssm()])
        #expect(
            refusal(.getParameter, shared, by: user)?.text?.hasSuffix(
                "on resource: \(shared) because no resource-based policy allows the"
                    + " ssm:GetParameter action"
            ) == true
        )
    }

    @Test func `What is only reported is read`() throws {
        let vault = try ScratchVault(authorization: .report)
        try vault.create("a")
        let user = try vault.user("nobody")
        #expect(vault.refusal(ofParameter: secretPrefix + "a", by: user) == nil)
        let records = try vault.auditRecords()
        for name in ["GetParameter", "GetSecretValue"] {
            let decision = records.first { $0.eventName == name }?.decision
            #expect(decision?.contains("Would be refused") == true)
            #expect(decision?.contains(":\(name)") == true)
        }
    }
}
