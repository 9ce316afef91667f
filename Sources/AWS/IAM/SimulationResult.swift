internal import AccessControl
internal import JSON
internal import Notation

/// What IAM's simulator says of one action.
///
/// [EvaluationResult](https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html)
struct SimulationResult: Sendable, JSONWritable {
    let action: String
    /// One for each resource.
    let parts: [Part]
    /// Whether resources were named.
    let isByResource: Bool
    /// Whether somebody's own policies were asked.
    let isOfPrincipal: Bool
    let hasBoundary: Bool

    /// What it says of one resource.
    struct Part: Sendable, JSONWritable {
        let resource: String
        let decision: Decision
        let statements: [Statement]
        let missing: [String]
    }

    /// A statement that matched, and where it stands.
    struct Statement: Sendable, Equatable, JSONWritable {
        let reference: StatementReference
        let start: StatementPlaces.Place
        let end: StatementPlaces.Place
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("EvalActionName", action)
        writer.member("EvalDecision", decision.word)
        writer.name("EvalDecisionDetails")
        writer.beginObject()
        writer.endObject()
        writer.member("EvalResourceName", resourceName)
        writer.member("MatchedStatements", statements)
        writer.member("MissingContextValues", parts.first?.missing ?? [])
        if isOfPrincipal { write("OrganizationsDecisionDetail", "Organizations", true, &writer) }
        if hasBoundary {
            let isAllowed = decision != .implicitlyDenied(.boundary)
            let name = "PermissionsBoundary"
            write("\(name)DecisionDetail", name, isAllowed, &writer)
        }
        writer.member("ResourceSpecificResults", isByResource ? parts : [])
        writer.endObject()
    }

    private func write(
        _ name: String,
        _ limit: String,
        _ isAllowed: Bool,
        _ writer: inout JSONWriter
    ) {
        writer.name(name)
        writer.beginObject()
        writer.member("AllowedBy\(limit)", isAllowed)
        writer.endObject()
    }

    /// The worst of all.
    private var decision: Decision {
        let worst = parts.max { $0.decision.severity < $1.decision.severity }
        return worst?.decision ?? .implicitlyDenied(.identity)
    }

    /// Those that led to the decision, each once.
    private var statements: [Statement] {
        var statements: [Statement] = []
        for part in parts where part.decision.severity == decision.severity {
            statements += part.statements.filter { !statements.contains($0) }
        }
        return statements
    }

    /// The resource, or for several what the service's ARNs look like.
    private var resourceName: String {
        parts.count == 1 ? parts[0].resource : ResourceTemplate.text(of: action)
    }
}

extension SimulationResult.Part {
    /// Decides about one resource.
    init(
        resource: String,
        _ evaluator: PolicyEvaluator,
        _ request: AccessRequest,
        _ places: [String: StatementPlaces],
        missing: [String]
    ) {
        self.resource = resource
        decision = evaluator.decide(request)
        self.missing = missing
        let effect: PolicyEffect = if case .explicitlyDenied = decision { .deny } else { .allow }
        statements = evaluator.statements(about: request).filter { $0.effect == effect }
            .compactMap { matched in
                let statements = places[matched.reference.policy]?.statements ?? []
                let index = matched.reference.number - 1
                guard statements.indices.contains(index) else { return nil }
                return SimulationResult.Statement(
                    reference: matched.reference,
                    start: statements[index].start,
                    end: statements[index].end
                )
            }
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("EvalResourceDecision", decision.word)
        writer.member("EvalResourceName", resource)
        writer.member("MatchedStatements", statements)
        writer.member("MissingContextValues", missing)
        writer.endObject()
    }
}

extension SimulationResult.Statement {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        write("EndPosition", end, &writer)
        writer.member("SourcePolicyId", reference.policy)
        writer.member("SourcePolicyType", "IAM Policy")
        write("StartPosition", start, &writer)
        writer.endObject()
    }

    private func write(_ name: String, _ place: StatementPlaces.Place, _ writer: inout JSONWriter) {
        writer.name(name)
        writer.beginObject()
        writer.member("Column", Int64(place.column))
        writer.member("Line", Int64(place.line))
        writer.endObject()
    }
}

extension Decision {
    /// As the simulator says it.
    fileprivate var word: String {
        switch self {
        case .allowed: "allowed"
        case .explicitlyDenied: "explicitDeny"
        case .implicitlyDenied: "implicitDeny"
        }
    }

    fileprivate var severity: Int {
        switch self {
        case .allowed: 0
        case .implicitlyDenied: 1
        case .explicitlyDenied: 2
        }
    }
}

/// What the ARNs of a service look like, for an answer about several of its resources.
///
/// [Resource types](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
private enum ResourceTemplate {
    private static let byService = [
        "dynamodb": "arn:aws:dynamodb:${Region}:${Account}:table/${TableName}",
        "kms": "arn:aws:kms:${Region}:${Account}:key/${KeyId}",
        "lambda": "arn:aws:lambda:${Region}:${Account}:function:${FunctionName}",
        "secretsmanager": "arn:aws:secretsmanager:${Region}:${Account}:secret:${SecretId}",
        "sns": "arn:aws:sns:${Region}:${Account}:${TopicName}",
        "sqs": "arn:aws:sqs:${Region}:${Account}:${QueueName}",
        "ssm": "arn:aws:ssm:${Region}:${Account}:parameter/${ParameterNameWithoutLeadingSlash}",
        "sts": "arn:aws:iam::${Account}:role/${RoleNameWithPath}",
    ]

    static func text(of action: String) -> String {
        let parts = action.lowercased().split(separator: ":")
        guard parts.count == 2 else { return "*" }
        switch parts[0] {
        case "s3":
            let bucket = "arn:aws:s3:::${BucketName}"
            return parts[1].contains("object") ? "\(bucket)/${KeyName}" : bucket
        case "iam":
            let kinds = [("policy", "Policy"), ("role", "Role"), ("user", "User")]
            let (kind, word) = kinds.first { parts[1].hasSuffix($0.0) } ?? kinds[1]
            return "arn:aws:iam::${Account}:\(kind)/${\(word)NameWithPath}"
        default: return byService[String(parts[0])] ?? "*"
        }
    }
}
