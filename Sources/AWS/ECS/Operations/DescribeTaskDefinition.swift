internal import Notation

/// Tells about a revision of a task definition; a family alone means its newest that is ACTIVE.
///
/// [DescribeTaskDefinition](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html).
/// Errors: ClientException, InvalidParameterException.
package struct DescribeTaskDefinition: ReadOperation {
    package typealias Response = TaskDefinitionAnswer

    package static let action = ECSAction.describeTaskDefinition

    private let taskDefinition: String
    private let include: [String]?

    private enum Part: String, CaseIterable {
        case tags = "TAGS"
    }

    package init(from members: inout Members) throws(APIError) {
        taskDefinition = try members.string("taskDefinition") ?? ""
        include = try members.strings("include")
    }

    package var subjectID: String? { taskDefinition }

    package func permissions() -> [Permission] { [Permission(Self.action, on: .arn("*"))] }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> TaskDefinitionAnswer {
        let parts = try ECSName.parts(Part.self, include)
        let reference = TaskDefinitionReference(taskDefinition)
        guard let found = try reference.find(in: call.caller.scope, vault) else {
            throw .taskDefinitionNotDescribable
        }
        return TaskDefinitionAnswer(definition: found, showsTags: parts.contains(.tags))
    }

    package static func recordedResource(in response: TaskDefinitionAnswer) -> RecordedResource? {
        response.resource
    }
}
