/// What policies can permit of ECS, of operations that are not built too.
///
/// [Actions of Amazon ECS](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html)
extension ECS {
    package static let permissionNames = """
        AssociateGatewayWithCluster ContinueServiceDeployment CreateCapacityProvider \
        CreateCluster CreateDaemon CreateExpressGatewayService CreateGateway CreateService \
        CreateTaskSet DeleteAccountSetting DeleteAttributes DeleteCapacityProvider \
        DeleteCluster DeleteDaemon DeleteDaemonTaskDefinition DeleteExpressGatewayService \
        DeleteGateway DeleteService DeleteTaskDefinitions DeleteTaskSet \
        DeregisterContainerInstance DeregisterTaskDefinition DescribeCapacityProviders \
        DescribeClusters DescribeContainerInstances DescribeDaemon DescribeDaemonDeployments \
        DescribeDaemonRevisions DescribeDaemonTaskDefinition DescribeExpressGatewayService \
        DescribeGateway DescribeGatewayResources DescribeGatewayRoute \
        DescribeServiceDeployments DescribeServiceRevisions DescribeServices \
        DescribeTaskDefinition DescribeTaskSets DescribeTasks DisassociateGatewayFromCluster \
        DiscoverPollEndpoint ExecuteCommand GetTaskProtection ListAccountSettings \
        ListAttributes ListClusters ListContainerInstances ListDaemonDeployments \
        ListDaemonTaskDefinitions ListDaemons ListGatewayClusterAssociations ListGatewayRoutes \
        ListGateways ListServiceDeployments ListServices ListServicesByNamespace \
        ListTagsForResource ListTaskDefinitionFamilies ListTaskDefinitions ListTasks Poll \
        PutAccountSetting PutAccountSettingDefault PutAttributes PutClusterCapacityProviders \
        RegisterContainerInstance RegisterDaemonTaskDefinition RegisterTaskDefinition RunTask \
        StartTask StartTelemetrySession StopServiceDeployment StopTask \
        SubmitAttachmentStateChanges SubmitContainerStateChange SubmitTaskStateChange \
        TagResource UntagResource UpdateCapacityProvider UpdateCluster UpdateClusterSettings \
        UpdateContainerAgent UpdateContainerInstancesState UpdateDaemon \
        UpdateExpressGatewayService UpdateGateway UpdateService UpdateServicePrimaryTaskSet \
        UpdateTaskProtection UpdateTaskSet
        """
        .split(separator: " ").map(String.init)
}
