internal import AccessControl
internal import Notation

/// Says what policies that are sent along would decide.
///
/// [SimulateCustomPolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html).
/// Errors: InvalidInput.
package struct SimulateCustomPolicy: ReadOperation {
    package typealias Response = IAMListAnswer

    package static let action = IAMAction.simulateCustomPolicy

    private let policies: [String]?
    private let boundaries: [String]?
    private let requests: SimulatedRequests

    package init(from members: inout Members) throws(APIError) {
        policies = try members.strings("PolicyInputList")
        boundaries = try members.strings("PermissionsBoundaryPolicyInputList")
        requests = try SimulatedRequests(from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.require(policies, at: "policyInputList")
        requests.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        try requests.check()
        let simulator = PolicySimulator(
            sources: try PolicySimulator.sources(policies, boundaries, requests, call.caller),
            caller: call.caller,
            requests: requests,
            station: nil
        )
        return try simulator.answer(to: "\(Self.action)|\(call.caller.scope.account)")
    }
}

extension PolicySimulator {
    /// The policies that a request brings along.
    static func sources(
        _ policies: [String]?,
        _ boundaries: [String]?,
        _ requests: SimulatedRequests,
        _ caller: Caller
    ) throws(APIError) -> [Source] {
        var sources: [Source] = []
        let lists: [(String, [String], (String, String) -> PolicyText)] = [
            ("PolicyInputList", policies ?? [], PolicyText.identity),
            ("PermissionsBoundaryPolicyInputList", boundaries ?? [], PolicyText.boundary),
        ]
        for (list, documents, make) in lists {
            for (index, document) in documents.enumerated() {
                let id = "\(list).\(index + 1)"
                try IAMPolicyDocument.check(document, named: id, in: caller.scope.partition)
                sources.append(Source(id: id, text: make(id, document)))
            }
        }
        if let policy = requests.resourcePolicy {
            let id = "ResourcePolicy"
            sources.append(Source(id: id, text: .resource(id, policy, .anyResource)))
        }
        return sources
    }

    /// A page of the results.
    func answer(to query: String) throws(APIError) -> IAMListAnswer {
        let results = try results().enumerated().map { ListedResult(number: $0.0, result: $0.1) }
        let page = try requests.page.page(of: query, listed: results) { String($0.number) }
        return IAMListAnswer("EvaluationResults", page.items.map(\.result), marker: page.next)
    }

    /// A result and its place: an action may be asked about twice.
    private struct ListedResult: Sendable {
        let number: Int
        let result: SimulationResult
    }
}
