internal import AccessControl
internal import JSON
internal import Notation

/// What IAM's simulator is asked about: actions on resources, in a request of some condition keys.
///
/// [SimulateCustomPolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html)
struct SimulatedRequests: Sendable {
    let actions: [String]?
    let resources: [String]?
    let context: [ContextEntry]
    let resourcePolicy: String?
    let resourceOwner: String?
    let callerARN: String?
    let page: PageRequest

    /// A condition key and its values.
    struct ContextEntry: Sendable {
        let name: String?
        let values: [String]
        let type: String?
    }

    /// The types that a condition key can have.
    private static let types = [
        "string", "stringList", "numeric", "numericList", "boolean", "booleanList", "ip", "ipList",
        "binary", "binaryList", "date", "dateList",
    ]

    init(from members: inout Members) throws(APIError) {
        actions = try members.strings("ActionNames")
        resources = try members.strings("ResourceArns")
        resourcePolicy = try members.string("ResourcePolicy")
        resourceOwner = try members.string("ResourceOwner")
        callerARN = try members.string("CallerArn")
        let entries = try members.structures("ContextEntries") { member throws(APIError) in
            ContextEntry(
                name: try member.string("ContextKeyName"),
                values: try member.strings("ContextKeyValues") ?? [],
                type: try member.string("ContextKeyType")
            )
        }
        context = entries ?? []
        _ = try members.string("ResourceHandlingOption")
        page = try PageRequest(.iam, from: &members)
    }

    func constrain(_ constraints: inout Constraints) {
        constraints.require(actions, at: "actionNames")
        constraints.elements(
            of: actions,
            [
                "Member must have length less than or equal to 128",
                "Member must have length greater than or equal to 3",
            ],
            at: "actionNames"
        ) { (3...128).contains($0.utf16.count) }
        constraints.elements(
            of: resources,
            [
                "Member must have length less than or equal to 2048",
                "Member must have length greater than or equal to 1",
            ],
            at: "resourceArns"
        ) { (1...2_048).contains($0.utf16.count) }
        constraints.length(of: resourcePolicy, 1...131_072, at: "resourcePolicy")
        constraints.length(of: resourceOwner, 1...2_048, at: "resourceOwner")
        constraints.length(of: callerARN, 1...2_048, at: "callerArn")
        for (index, entry) in context.enumerated() {
            let path = "contextEntries.\(index + 1).member.contextKey"
            constraints.length(of: entry.name, 5...256, at: "\(path)Name")
            constraints.oneOf(entry.type, Self.types, at: "\(path)Type")
        }
        page.constrain(&constraints)
    }

    /// What is wrong beyond the model.
    func check() throws(APIError) {
        for action in actions ?? [] {
            let parts = action.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
                throw .simulatedActionWithoutVendor(action)
            }
        }
        for resource in resources ?? [] where resource != "*" && ARN(resource) == nil {
            throw .simulatedResourceNoARN(resource)
        }
    }

    /// The values of the condition keys that were sent.
    var values: [String: [String]] {
        context.reduce(into: [:]) { $0[$1.name ?? "", default: []] += $1.values }
    }
}

/// Decides what it is asked about, by policies that need not be attached to anybody.
struct PolicySimulator {
    /// Policies, by what the answer calls them.
    struct Source: Sendable {
        let id: String
        let text: PolicyText
    }

    let sources: [Source]
    let caller: Caller
    let requests: SimulatedRequests
    /// Says what a call would bring along, for whose policies they are; nil when nobody's are.
    let station: CallAuthorization?

    /// The results, one for each action.
    func results() throws(APIError) -> [SimulationResult] {
        let read = sources.map { source in
            let policy = AttachedPolicy(source.text, called: source.id)
            return (source: source, policy: policy)
        }
        let policies = read.map(\.policy)
        let places = Dictionary(
            read.map { ($0.source.id, StatementPlaces(in: $0.source.text.document)) },
            uniquingKeysWith: { first, _ in first }
        )
        let callerAccount = requests.callerARN.flatMap { ARN($0)?.account } ?? caller.scope.account
        let account = requests.resourceOwner.flatMap { ARN($0)?.account } ?? callerAccount
        let evaluator = PolicyEvaluator(
            callerAccount: callerAccount,
            isRoot: false,
            resourceAccount: account,
            policies: policies
        )
        var results: [SimulationResult] = []
        for action in requests.actions ?? [] {
            var parts: [SimulationResult.Part] = []
            for resource in requests.resources ?? ["*"] {
                let context = try context(action, resource, policies)
                let request = AccessRequest(
                    principals: principals,
                    action: action,
                    resource: resource,
                    context: context
                )
                parts.append(
                    SimulationResult.Part(
                        resource: resource,
                        evaluator,
                        request,
                        places,
                        missing: missing(in: context, policies)
                    )
                )
            }
            results.append(
                SimulationResult(
                    action: action,
                    parts: parts,
                    isByResource: requests.resources != nil,
                    isOfPrincipal: station != nil,
                    hasBoundary: policies.contains { $0.source == .boundary }
                )
            )
        }
        return results
    }

    /// The names of who calls: as told, or those of whose policies they are.
    private var principals: [Principal] {
        guard let arn = requests.callerARN, let named = Principal(arn: arn) else {
            return caller.principals
        }
        return [named] + (ARN(arn).map { [.account($0.account)] } ?? [])
    }

    /// The condition keys of a request: what was sent, over what the station knows.
    private func context(
        _ action: String,
        _ resource: String,
        _ policies: [AttachedPolicy]
    ) throws(APIError) -> RequestContext {
        guard let station else { return RequestContext(requests.values) }
        let permission = Permission(action, context: requests.values)
        let asked =
            resource == "*"
            ? ProtectedResource(nothingFor: caller) : ProtectedResource(arn: resource, caller)
        return try station.conditionKeys(of: permission, on: asked, soughtBy: policies).context
    }

    /// What the policies look at and nobody said, as the policies spell it.
    private func missing(
        in context: RequestContext,
        _ policies: [AttachedPolicy]
    ) -> [String] {
        let spelled = policies.flatMap(\.document.statements).flatMap { statement in
            statement.conditions.map(\.key)
        }
        var seen: Set<String> = []
        return spelled.filter { key in
            context[key].isEmpty && seen.insert(key.lowercased()).inserted
        }
    }
}
