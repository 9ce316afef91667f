import AWS
import JSON
import TestSupport
import Testing

@Suite struct AttachPolicyTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.createPolicy("read")
        for holder in Holder.allCases { try vault.create(holder, "ci") }
    }

    private func action(_ holder: Holder) -> IAMAction {
        holder.action(user: .attachUserPolicy, role: .attachRolePolicy)
    }

    @Test(arguments: Holder.allCases)
    func `A policy is attached and counted, and the answer is empty`(holder: Holder) throws {
        let answer = try vault.iam(action(holder), holder.named("ci", ["PolicyArn": "\(arn)"]))
        #expect(answer.text == "{}")
        #expect(try vault.attachedPolicies(of: holder, "ci") == [arn])
        #expect(try vault.describePolicy(arn)["AttachmentCount"] == 1)
        let other: Holder = holder == .user ? .role : .user
        #expect(try vault.attachedPolicies(of: other, "ci") == [])
    }

    @Test(arguments: Holder.allCases)
    func `A policy that is attached is attached once`(holder: Holder) throws {
        for _ in 0..<2 { try vault.attach(arn, to: holder, "CI") }
        #expect(try vault.attachedPolicies(of: holder, "ci") == [arn])
        #expect(try vault.describePolicy(arn)["AttachmentCount"] == 1)
    }

    @Test(arguments: Holder.allCases)
    func `A policy of AWS can be attached`(holder: Holder) throws {
        let arns = [
            "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
            "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
        ]
        for arn in arns { try vault.attach(arn, to: holder, "ci") }
        #expect(try vault.attachedPolicies(of: holder, "ci") == arns)
    }

    @Test(arguments: Holder.allCases)
    func `A policy that is not there, or another account's, is not attached`(
        holder: Holder
    ) throws {
        let foreign = try vault.createPolicy("theirs", by: stranger)
        let arns = [
            foreign, "arn:aws:iam::000000000000:policy/nobodys",
            "arn:aws:iam::aws:policy/NoSuchPolicyOfAWS",
            // The path is a part of the name here.
            "arn:aws:iam::000000000000:policy/team/read",
        ]
        for arn in arns {
            try vault.expect(
                action(holder),
                holder.named("ci", ["PolicyArn": "\(arn)"]),
                isRefusedWith: .notAttachable(arn)
            )
        }
    }

    @Test(arguments: Holder.allCases)
    func `Ten policies can be attached, and each of them again`(holder: Holder) throws {
        var arns: [String] = []
        for number in 0..<11 { arns.append(try vault.createPolicy("policy-\(number)")) }
        for arn in arns.prefix(10) { try vault.attach(arn, to: holder, "ci") }
        try vault.expect(
            action(holder),
            holder.named("ci", ["PolicyArn": "\(arns[10])"]),
            isRefusedWith: Refusal(
                "LimitExceeded",
                "Cannot exceed quota for PoliciesPer\(holder.rawValue): 10"
            )
        )
        try vault.attach(arns[0], to: holder, "ci")
    }

    @Test(arguments: Holder.allCases)
    func `An ARN has from 20 to 2,048 characters`(holder: Holder) throws {
        for (arn, rule) in [(long(19), atLeast(20)), (long(2_049), atMost(2_048))] {
            try vault.expect(
                action(holder),
                holder.named("ci", ["PolicyArn": "\(arn)"]),
                isRefusedWith: Refusal.constraint("'\(arn)'", "policyArn", rule).inQuery
            )
        }
    }
}
