import AWS
import JSON
import TestSupport
import Testing

@Suite struct DetachPolicyTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.createPolicy("read")
        for holder in Holder.allCases {
            try vault.create(holder, "ci")
            try vault.attach(arn, to: holder, "ci")
        }
    }

    private func action(_ holder: Holder) -> IAMAction {
        holder.action(user: .detachUserPolicy, role: .detachRolePolicy)
    }

    @Test(arguments: Holder.allCases)
    func `A policy is detached from one alone`(holder: Holder) throws {
        try vault.create(holder, "other")
        try vault.attach(arn, to: holder, "other")
        let answer = try vault.iam(action(holder), holder.named("CI", ["PolicyArn": "\(arn)"]))
        #expect(answer.text == "{}")
        #expect(try vault.attachedPolicies(of: holder, "ci") == [])
        #expect(try vault.attachedPolicies(of: holder, "other") == [arn])
        #expect(try vault.describePolicy(arn)["AttachmentCount"] == 2)
    }

    @Test(arguments: Holder.allCases)
    func `A policy that is not attached cannot be detached`(holder: Holder) throws {
        try vault.iam(action(holder), holder.named("ci", ["PolicyArn": "\(arn)"]))
        let arns = [
            arn, "arn:aws:iam::000000000000:policy/nobodys",
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
        ]
        for arn in arns {
            try vault.expect(
                action(holder),
                holder.named("ci", ["PolicyArn": "\(arn)"]),
                isRefusedWith: .noPolicy(arn)
            )
        }
    }

    @Test(arguments: Holder.allCases)
    func `What is detached leaves its place to another`(holder: Holder) throws {
        for number in 0..<9 {
            try vault.attach(try vault.createPolicy("policy-\(number)"), to: holder, "ci")
        }
        try vault.iam(action(holder), holder.named("ci", ["PolicyArn": "\(arn)"]))
        try vault.attach(try vault.createPolicy("last"), to: holder, "ci")
        #expect(try vault.attachedPolicies(of: holder, "ci").count == 10)
    }
}
