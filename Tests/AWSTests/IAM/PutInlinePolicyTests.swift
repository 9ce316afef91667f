import AWS
import JSON
import TestSupport
import Testing

@Suite struct PutInlinePolicyTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        for holder in Holder.allCases { try vault.create(holder, "ci") }
    }

    private func action(_ holder: Holder) -> IAMAction {
        holder.action(user: .putUserPolicy, role: .putRolePolicy)
    }

    private func document(_ name: String, of holder: Holder) throws -> String? {
        let action = holder.action(user: .getUserPolicy, role: .getRolePolicy)
        let members = holder.named("ci", ["PolicyName": "\(name)"])
        return try vault.iam(action, members)["PolicyDocument"]?.string
    }

    @Test(arguments: Holder.allCases)
    func `A policy is put, and the answer is empty`(holder: Holder) throws {
        let answer = try vault.iam(
            action(holder),
            holder.named("CI", ["PolicyName": "p", "PolicyDocument": "\(IAMDocument.read)"])
        )
        #expect(answer.text == "{}")
        #expect(try vault.inlinePolicies(of: holder, "ci") == ["p"])
        #expect(try document("p", of: holder) == IAMDocument.escaped(IAMDocument.read))
        let other: Holder = holder == .user ? .role : .user
        #expect(try vault.inlinePolicies(of: other, "ci") == [])
    }

    @Test(arguments: Holder.allCases)
    func `A policy of the same name takes the place of the former`(holder: Holder) throws {
        try vault.putPolicy("p", IAMDocument.read, of: holder, "ci")
        try vault.putPolicy("q", IAMDocument.read, of: holder, "ci")
        try vault.putPolicy("p", IAMDocument.write, of: holder, "ci")
        #expect(try vault.inlinePolicies(of: holder, "ci") == ["p", "q"])
        #expect(try document("p", of: holder) == IAMDocument.escaped(IAMDocument.write))
        #expect(try document("q", of: holder) == IAMDocument.escaped(IAMDocument.read))
    }

    @Test(arguments: Holder.allCases, IAMDocument.malformed)
    func `What is no policy is refused, and the former stays`(
        holder: Holder,
        row: Malformed
    ) throws {
        try vault.putPolicy("p", of: holder, "ci")
        try vault.expect(
            action(holder),
            holder.named("ci", ["PolicyName": "p", "PolicyDocument": "\(row.document)"]),
            isRefusedWith: row.expected
        )
    }

    /// The bounds of all inline policies of one user or role together.
    @Test(arguments: [(Holder.user, 2_048), (.role, 10_240)])
    func `All policies of one together have a largest size, white space apart`(
        holder: Holder,
        size: Int
    ) throws {
        let half = size / 2
        try vault.putPolicy("p", IAMDocument.read(ofLength: half), of: holder, "ci")
        let tooLong = JSONValue.string(IAMDocument.read(ofLength: size - half + 1))
        try vault.expect(
            action(holder),
            holder.named("ci", ["PolicyName": "q", "PolicyDocument": tooLong]),
            isRefusedWith: Refusal(
                "LimitExceeded",
                "Maximum policy size of \(size) bytes exceeded for \(holder.word) ci"
            )
        )
        try vault.putPolicy("q", IAMDocument.read(ofLength: size - half), of: holder, "ci")
        // What takes the place of another does not count twice.
        try vault.putPolicy("p", IAMDocument.read(ofLength: half), of: holder, "ci")
    }

    @Test(arguments: Holder.allCases, refusedInlinePolicies)
    func `A request that breaks the model is refused`(holder: Holder, row: Refused) throws {
        let members = row.members(
            and: holder.named(
                "ci",
                ["PolicyName": "p", "PolicyDocument": "\(IAMDocument.read)"]
            )
        )
        try vault.expect(action(holder), members, isRefusedWith: row.expected.inQuery)
    }
}

private let refusedInlinePolicies = [
    Refused(
        ["PolicyName": "\(long(129))"],
        .constraint("'\(long(129))'", "policyName", atMost(128))
    ),
    Refused(
        ["PolicyName": "a b"],
        .constraint("'a b'", "policyName", "satisfy regular expression pattern: [\\w+=,.@-]+")
    ),
    Refused(["PolicyDocument": ""], .constraint("''", "policyDocument", atLeast(1))),
]
