/// The operations of ECS that are built, by the names of its API.
package enum ECSAction: String, ServiceAction {
    package typealias Card = ECS

    case createCluster = "CreateCluster"
    case createService = "CreateService"
    case deleteService = "DeleteService"
    case deregisterTaskDefinition = "DeregisterTaskDefinition"
    case describeClusters = "DescribeClusters"
    case describeServices = "DescribeServices"
    case describeTaskDefinition = "DescribeTaskDefinition"
    case listServices = "ListServices"
    case listTaskDefinitions = "ListTaskDefinitions"
    case registerTaskDefinition = "RegisterTaskDefinition"
    case updateService = "UpdateService"
}
