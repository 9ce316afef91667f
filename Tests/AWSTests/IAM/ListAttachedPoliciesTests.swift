import AWS
import JSON
import TestSupport
import Testing

@Suite struct ListAttachedPoliciesTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        for holder in Holder.allCases { try vault.create(holder, "ci") }
    }

    private func action(_ holder: Holder) -> IAMAction {
        holder.action(user: .listAttachedUserPolicies, role: .listAttachedRolePolicies)
    }

    @Test(arguments: Holder.allCases)
    func `Policies are listed by name and ARN, inline ones apart`(holder: Holder) throws {
        let empty = #"{"IsTruncated":false,"AttachedPolicies":[]}"#
        #expect(try vault.iam(action(holder), holder.named("ci")).text == empty)
        try vault.putPolicy("inline", of: holder, "ci")
        let arn = try vault.createPolicy("read", IAMDocument.read, ["Path": "/team/"])
        try vault.attach(arn, to: holder, "ci")
        #expect(
            try vault.iam(action(holder), holder.named("CI")).text
                == #"{"IsTruncated":false,"AttachedPolicies":[{"PolicyName":"read","#
                + #""PolicyArn":"arn:aws:iam::000000000000:policy/team/read"}]}"#
        )
    }

    @Test(arguments: Holder.allCases)
    func `A path prefix leaves out what is elsewhere`(holder: Holder) throws {
        let inTeam = try vault.createPolicy("a", IAMDocument.read, ["Path": "/team/"])
        let atTop = try vault.createPolicy("b")
        for arn in [inTeam, atTop] { try vault.attach(arn, to: holder, "ci") }
        func listed(_ prefix: String) throws -> [String]? {
            let members = holder.named("ci", ["PathPrefix": "\(prefix)"])
            return try vault.iam(action(holder), members)["AttachedPolicies"]?.texts("PolicyArn")
        }
        #expect(try listed("/team/") == [inTeam])
        #expect(try listed("/te") == [inTeam])
        #expect(try listed("/other/") == [])
        #expect(try Set(listed("/") ?? []) == [inTeam, atTop])
    }
}
