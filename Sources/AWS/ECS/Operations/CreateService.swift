package import JSON
internal import Notation

/// Makes a service, whose tasks run where somebody holds its stream open.
///
/// [CreateService](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html).
/// The same request again answers the same service. Errors: ClusterNotFoundException,
/// InvalidParameterException, ClientException.
package struct CreateService: WriteOperation {
    package typealias Response = ServiceAnswer

    package static let action = ECSAction.createService

    private let document: JSONObject

    package init(from members: inout Members) throws(APIError) {
        document = try members.document(of: ECSShape.createService)
    }

    private var name: String { document.text("serviceName") ?? "" }

    private var service: ServiceReference {
        ServiceReference(name, in: ClusterReference(document.text("cluster")))
    }

    package var subjectID: String? { name }

    package func permissions() -> [Permission] {
        service.permission(for: Self.action, sending: document)
            .creating(service.target, Self.action, with: document.tags)
    }

    package func checkBeforeLookup() throws(APIError) {
        guard ECSName.isValid(name) else { throw .malformedECSName("Service") }
        try ECSName.checkTags(document.tags)
        try ServiceRules.checkWords(of: document)
        let isDaemon = document.text("schedulingStrategy") == "DAEMON"
        guard let count = document.integer("desiredCount") else {
            if isDaemon { return }
            throw .desiredCountMissing
        }
        guard count >= 0 else { throw .desiredCountNegative }
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> ServiceAnswer {
        let scope = call.caller.scope
        let cluster = try service.cluster.cluster(in: scope, vault)
        // The token alone does not tell two requests apart.
        let request = document.without(["clientToken", "cluster"])
        if let present = try vault.ecsService(name, in: cluster), present.status != .inactive {
            guard present.request == request else { throw .ecsServiceNotIdempotent }
            return try ServiceAnswer(present, call.tasks, vault)
        }
        guard let named = document.text("taskDefinition") else { throw .taskDefinitionMissing }
        let definition = try ServiceRules.taskDefinition(named, in: scope, vault)
        try ServiceRules.checkNetwork(document, of: definition)
        let made = try vault.insert(
            ECSService(
                cluster: cluster,
                name: name,
                desiredCount: document.integer("desiredCount") ?? 1,
                taskDefinition: definition.arn,
                request: request,
                document: request,
                createdBy: call.caller.principal.arn,
                createdAt: call.now
            )
        )
        let deployment = ECSDeployment(of: made, at: call.now, call.randomness)
        try vault.setDeployments([deployment], of: made)
        let answer = try ServiceAnswer(made, call.tasks, showingTags: true, vault)
        try call.settle(made, vault)
        return answer
    }

    package static func recordedResource(in response: ServiceAnswer) -> RecordedResource? {
        response.resource
    }
}

/// A service, alone in an answer.
package struct ServiceAnswer: JSONWritable, Sendable {
    private let element: ServiceElement
    let resource: RecordedResource

    init(
        _ service: ECSService,
        _ tasks: RunningTasks,
        showingTags showsTags: Bool = false,
        _ vault: any VaultReading
    ) throws(APIError) {
        element = try ServiceElement(service, tasks, showingTags: showsTags, vault)
        resource = RecordedResource(arn: service.arn, scope: service.cluster.scope)
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("service")
        element.write(to: &writer)
        writer.endObject()
    }
}

extension Call {
    /// What follows a change of a service; the answer shows what was there before.
    func settle(_ service: ECSService, _ vault: any VaultWriting) throws(APIError) {
        let settlement = ServiceSettlement(tasks.of(service.arn), at: now, randomness)
        try settlement.settle(service, vault)
    }
}
