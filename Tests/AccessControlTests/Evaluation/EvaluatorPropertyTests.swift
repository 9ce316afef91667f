import AccessControl
import Testing

@Suite("The evaluator beside a slow one")
struct EvaluatorPropertyTests {
    /// How often each decision must at least have come up in a run, so that none goes untested.
    private static let least = 50

    @Test(
        "both decide 100,000 random requests under random policies alike, by the same statement",
        arguments: UInt64(1)...10
    )
    func agree(seed: UInt64) throws {
        var random = RandomPolicies(seed: seed)
        var seen: [String: Int] = [:]
        for round in 0..<500 {
            let party = random.party()
            let isRequired = round % 4 == 0
            let drafts = random.policies(about: party)
            let policies = try drafts.map { try $0.attached() }
            let fast = party.evaluator(policies, isKey: isRequired)
            let slow = SlowEvaluator(
                caller: party,
                resourceAccount: EvaluationParty.ours,
                isResourcePolicyRequired: isRequired,
                policies: drafts
            )
            for _ in 0..<20 {
                let request = random.request(by: party, drafts)
                let decision = fast.decide(request)
                let expected = slow.decide(request)
                let isSame = decision == expected
                #expect(
                    isSame,
                    "\(party) \(request)\n\(drafts.map(\.text))\n\(decision)\nnot \(expected)"
                )
                seen[kind(of: decision), default: 0] += 1
            }
        }
        #expect(seen.count == 8, "\(seen)")
        #expect(seen.values.allSatisfy { $0 >= Self.least }, "\(seen)")
    }

    private func kind(of decision: Decision) -> String {
        switch decision {
        case .allowed(let statement): "allowed by \(statement?.source.rawValue ?? "nobody")"
        case .explicitlyDenied: "denied"
        case .implicitlyDenied(let source): "no \(source.rawValue)"
        }
    }
}
