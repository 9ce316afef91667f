internal import Notation

/// Makes a revision of a task definition INACTIVE: what runs with it goes on, nothing new begins.
///
/// [DeregisterTaskDefinition](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html).
/// Errors: ClientException, InvalidParameterException.
package struct DeregisterTaskDefinition: WriteOperation {
    package typealias Response = TaskDefinitionAnswer

    package static let action = ECSAction.deregisterTaskDefinition

    private let taskDefinition: String

    package init(from members: inout Members) throws(APIError) {
        taskDefinition = try members.string("taskDefinition") ?? ""
    }

    package var subjectID: String? { taskDefinition }

    package func permissions() -> [Permission] { [Permission(Self.action, on: .arn("*"))] }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> TaskDefinitionAnswer {
        let reference = TaskDefinitionReference(taskDefinition)
        guard reference.hasRevision else { throw .revisionMissing }
        guard var found = try reference.find(in: call.caller.scope, vault) else {
            throw .taskDefinitionNotDescribable
        }
        if found.isActive {
            found.deregisteredAt = call.now
            try vault.deregister(found, at: call.now)
        }
        return TaskDefinitionAnswer(definition: found, showsTags: false)
    }

    package static func recordedResource(in response: TaskDefinitionAnswer) -> RecordedResource? {
        response.resource
    }
}
