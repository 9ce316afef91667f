import AWS
import JSON
import TestSupport
import Testing

@Suite struct GetInlinePolicyTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        for holder in Holder.allCases {
            try vault.create(holder, "ci")
            try vault.putPolicy("p", " \(IAMDocument.read)\n", of: holder, "ci")
        }
    }

    private func action(_ holder: Holder) -> IAMAction {
        holder.action(user: .getUserPolicy, role: .getRolePolicy)
    }

    @Test(arguments: Holder.allCases)
    func `A policy comes back as it was put, escaped as in a URL`(holder: Holder) throws {
        let document = IAMDocument.escaped(" \(IAMDocument.read)\n")
        #expect(
            try vault.iam(action(holder), holder.named("CI", ["PolicyName": "p"])).text
                == #"{"\#(holder.nameMember)":"ci","PolicyName":"p","#
                + #""PolicyDocument":"\#(document)"}"#
        )
        #expect(document.hasPrefix("%20%7B%22Version%22%3A%222012-10-17%22"))
    }

    @Test(arguments: Holder.allCases)
    func `A policy that is not there is not found, one that is attached neither`(
        holder: Holder
    ) throws {
        try vault.attach(try vault.createPolicy("q"), to: holder, "ci")
        for name in ["nobodys", "q"] {
            #expect(
                vault.refusal(
                    ofIAM: action(holder),
                    holder.named("ci", ["PolicyName": "\(name)"])
                )
                    == Refusal(
                        "NoSuchEntity",
                        "The \(holder.word) policy with name \(name) cannot be found."
                    )
            )
        }
    }
}
