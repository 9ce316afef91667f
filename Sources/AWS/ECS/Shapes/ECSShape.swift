/// The requests that are kept and told back as they were sent, as the API's model has them.
///
/// [Data types](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Types.html)
enum ECSShape {
    static let registerTaskDefinition = table.structure("RegisterTaskDefinition")
    static let createCluster = table.structure("CreateCluster")
    static let createService = table.structure("CreateService")
    static let updateService = table.structure("UpdateService")

    private static let table = ShapeTable(taskDefinitionText + "\n" + serviceText)
}
