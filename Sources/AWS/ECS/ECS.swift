/// The part of the Elastic Container Service that secrets meet, API version 2014-11-13.
///
/// Task definitions, clusters and services are kept and told back; what runs for a service is what
/// holds its stream open.
/// [API reference](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/Welcome.html)
package enum ECS: Service {
    package typealias Action = ECSAction

    package static let signingName = "ecs"
    package static let eventSource = "ecs.amazonaws.com"
    package static let wire = WireProtocol.json(
        targetPrefix: "AmazonEC2ContainerServiceV20141113"
    )
    package static let operations = Action.allCases.map(\.operation)

    package static let faults: [APIError] = [
        .fault(.client), .fault(.clusterNotFound), .fault(.invalidParameter),
        .fault(.serviceNotActive), .fault(.serviceNotFound),
    ]

    package static func messageMember(of code: APIError.Code) -> String {
        code.smallMessageMember
    }
}

extension ECSAction {
    package var operation: ServiceOperation {
        switch self {
        case .createCluster: ServiceOperation(CreateCluster.self)
        case .createService: ServiceOperation(CreateService.self)
        case .deleteService: ServiceOperation(DeleteService.self)
        case .deregisterTaskDefinition: ServiceOperation(DeregisterTaskDefinition.self)
        case .describeClusters: ServiceOperation(DescribeClusters.self)
        case .describeServices: ServiceOperation(DescribeServices.self)
        case .describeTaskDefinition: ServiceOperation(DescribeTaskDefinition.self)
        case .listServices: ServiceOperation(ListServices.self)
        case .listTaskDefinitions: ServiceOperation(ListTaskDefinitions.self)
        case .registerTaskDefinition: ServiceOperation(RegisterTaskDefinition.self)
        case .updateService: ServiceOperation(UpdateService.self)
        }
    }
}
