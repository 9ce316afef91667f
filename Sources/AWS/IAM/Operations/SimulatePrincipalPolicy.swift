internal import AccessControl
internal import Notation

/// Says what the policies of a user or role would decide, and those that are sent along.
///
/// [SimulatePrincipalPolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html).
/// Errors: InvalidInput, NoSuchEntity.
package struct SimulatePrincipalPolicy: ReadOperation {
    package typealias Response = IAMListAnswer
    package typealias Subject = IAMPrincipal

    package static let action = IAMAction.simulatePrincipalPolicy

    private let sourceARN: String?
    private let policies: [String]?
    private let boundaries: [String]?
    private let requests: SimulatedRequests

    package init(from members: inout Members) throws(APIError) {
        sourceARN = try members.string("PolicySourceArn")
        policies = try members.strings("PolicyInputList")
        boundaries = try members.strings("PermissionsBoundaryPolicyInputList")
        requests = try SimulatedRequests(from: &members)
    }

    package var subjectID: String? { sourceARN }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.policyARN(sourceARN, at: "policySourceArn")
        requests.constrain(&constraints)
        return constraints.violations
    }

    package func locate(
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMPrincipal? {
        for kind in IAMPrincipal.Kind.allCases {
            if let found = try vault.principal(kind, arn: sourceARN ?? ""),
                found.account == caller.scope.account
            {
                return found
            }
        }
        return nil
    }

    package func resource(
        _ principal: IAMPrincipal?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        guard let principal else { return ProtectedResource(arn: sourceARN ?? "", caller) }
        return ProtectedResource(principal, principal.kind, principal.name, caller)
    }

    package func admit(_ principal: IAMPrincipal?, for caller: Caller) throws(APIError) {
        guard principal == nil else { return }
        let arn = sourceARN ?? ""
        let parts = ARN(arn)
        let kinds = ["user", "role", "group"]
        guard let path = parts?.path, path.count > 1, kinds.contains(String(path[0])) else {
            throw .unclearEntity(arn)
        }
        throw .noSuchEntity(String(path[0]), String(path[path.count - 1]))
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        let principal = try call.principal
        try requests.check()
        let caller = Caller(
            scope: call.caller.scope,
            principal: try acting(as: principal, at: call.now, vault),
            accessKeyID: nil,
            requestID: call.caller.requestID,
            sourceAddress: call.caller.sourceAddress,
            isEncrypted: call.caller.isEncrypted,
            userAgent: call.caller.userAgent
        )
        let simulator = PolicySimulator(
            sources: try sources(of: principal, call.caller, vault),
            caller: caller,
            requests: requests,
            station: CallAuthorization(.off, caller, call.now, vault)
        )
        return try simulator.answer(to: "\(Self.action)|\(principal.arn)")
    }

    private func acting(
        as principal: IAMPrincipal,
        at now: Timestamp,
        _ vault: any VaultReading
    ) throws(APIError) -> CallerPrincipal {
        let tags = try vault.tags(of: principal)
        return principal.kind == .user
            ? .user(principal, tags: tags)
            : .session(of: principal, named: "simulated", tags: tags, startedAt: now)
    }

    /// The policies that somebody has, and those that are sent along; a boundary that is sent stands in
    /// place of the one that somebody has.
    private func sources(
        of principal: IAMPrincipal,
        _ caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> [PolicySimulator.Source] {
        let own = try vault.policyTexts(ofPrincipal: principal.id)
            .filter { $0.source != .boundary || boundaries?.isEmpty ?? true }
            .map { text in
                let name = ARN(text.name)?.path.last.map(String.init)
                let id = name ?? "\(principal.kind.rawValue)_\(principal.name)_\(text.name)"
                return PolicySimulator.Source(id: id, text: text)
            }
        return own + (try PolicySimulator.sources(policies, boundaries, requests, caller))
    }
}
