package import JSON
internal import Notation

/// Gives temporary credentials for a guest of the caller's, who may do what both the caller's own policies
/// and those of the session allow.
///
/// [GetFederationToken](https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html).
/// Errors: AccessDenied, MalformedPolicyDocument.
package struct GetFederationToken: WriteOperation {
    package static let action = STSAction.getFederationToken

    private let name: String?
    private let seconds: Int64?
    private let policies: SessionPolicies
    private let tags: TagList?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("Name")
        seconds = try members.integer("DurationSeconds")
        policies = try SessionPolicies(from: &members)
        tags = try TagList("Tags", .session, from: &members)
    }

    /// Sessions are nothing that anybody keeps.
    package static let isReadOnly = true

    package var subjectID: String? { name }

    package func permissions() -> [Permission] {
        var federate = ownPermission
        federate.set(requestTags: tags)
        return [federate] + (tags == nil ? [] : [federate.asking(for: "sts:TagSession")])
    }

    /// The guest, as policies name it.
    package func resource(
        _ subject: NoSubject?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        ProtectedResource(arn: arn(in: caller), caller)
    }

    private func arn(in caller: Caller) -> String {
        ARN(
            global: STS.signingName,
            partition: ARN(caller.principal.arn)?.partition ?? caller.scope.partition,
            account: caller.scope.account,
            "federated-user/\(name ?? "")"
        ).text
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.require(name, at: "name")
        constraints.sessionName(name, at: "name", upTo: 32)
        constraints.range(of: seconds, SessionDuration.bounds, at: "durationSeconds")
        policies.constrain(&constraints)
        tags?.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        let user = try call.caller.longTermUser(calling: Self.action)
        var terms = try policies.terms(named: name ?? "", call.caller, vault)
        terms.tags = try tags?.tags() ?? []
        return Response(
            credentials: try SessionCredentials(
                of: .federatedUser(user, terms),
                in: call.caller.scope.account,
                seconds: SessionDuration.seconds(seconds, ofRoot: user == nil),
                call,
                vault
            ),
            arn: arn(in: call.caller),
            id: "\(call.caller.scope.account):\(terms.name)",
            packedPolicySize: policies.packedSize(with: tags?.pairs) ?? 0
        )
    }

    package struct Response: Sendable, JSONWritable {
        let credentials: SessionCredentials
        let arn: String
        let id: String
        let packedPolicySize: Int64

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.name("Credentials")
            credentials.write(to: &writer)
            writer.name("FederatedUser")
            writer.beginObject()
            writer.member("FederatedUserId", id)
            writer.member("Arn", arn)
            writer.endObject()
            writer.member("PackedPolicySize", packedPolicySize)
            writer.endObject()
        }
    }
}
