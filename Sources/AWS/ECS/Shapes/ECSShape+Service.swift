/// The members of CreateCluster, CreateService and UpdateService, as the API's model has them.
extension ECSShape {
    static let serviceText = """
        ClusterSetting name=s value=s
        ExecuteCommandLogConfiguration cloudWatchLogGroupName=s \
            cloudWatchEncryptionEnabled=b s3BucketName=s s3EncryptionEnabled=b s3KeyPrefix=s
        ExecuteCommandConfiguration kmsKeyId=s logging=s \
            logConfiguration=ExecuteCommandLogConfiguration
        ManagedStorageConfiguration kmsKeyId=s fargateEphemeralStorageKmsKeyId=s
        ClusterConfiguration executeCommandConfiguration=ExecuteCommandConfiguration \
            managedStorageConfiguration=ManagedStorageConfiguration
        CapacityProviderStrategyItem capacityProvider=s weight=i base=i
        ClusterServiceConnectDefaults namespace=s
        CreateCluster clusterName=s tags=[Tag] settings=[ClusterSetting] \
            configuration=ClusterConfiguration capacityProviders=[s] \
            defaultCapacityProviderStrategy=[CapacityProviderStrategyItem] \
            serviceConnectDefaults=ClusterServiceConnectDefaultsRequest
        AdvancedConfiguration alternateTargetGroupArn=s productionListenerRule=s \
            testListenerRule=s roleArn=s
        LoadBalancer targetGroupArn=s loadBalancerName=s containerName=s containerPort=i \
            advancedConfiguration=AdvancedConfiguration
        ServiceRegistry registryArn=s port=i containerName=s containerPort=i
        ThresholdConfiguration type=s value=i
        DeploymentCircuitBreaker enable=b rollback=b resetOnHealthyTask=b \
            thresholdConfiguration=ThresholdConfiguration
        DeploymentAlarms alarmNames=[s] rollback=b enable=b
        DeploymentLifecycleHookTimeoutConfiguration timeoutInMinutes=i action=s
        DeploymentLifecycleHook targetType=s hookTargetArn=s roleArn=s lifecycleStages=[s] \
            timeoutConfiguration=DeploymentLifecycleHookTimeoutConfiguration
        LinearConfiguration stepPercent=d stepBakeTimeInMinutes=i
        CanaryConfiguration canaryPercent=d canaryBakeTimeInMinutes=i
        DeploymentEarlySuccessCriteria enable=b healthyPercent=i \
            sourceServiceRevisionCleanup=s
        DeploymentConfiguration deploymentCircuitBreaker=DeploymentCircuitBreaker \
            maximumPercent=i minimumHealthyPercent=i alarms=DeploymentAlarms strategy=s \
            bakeTimeInMinutes=i lifecycleHooks=[DeploymentLifecycleHook] \
            linearConfiguration=LinearConfiguration canaryConfiguration=CanaryConfiguration \
            earlySuccessCriteria=DeploymentEarlySuccessCriteria
        PlacementConstraint type=s expression=s
        PlacementStrategy type=s field=s
        AwsVpcConfiguration subnets=[s] securityGroups=[s] assignPublicIp=s
        NetworkConfiguration awsvpcConfiguration=AwsVpcConfiguration
        DeploymentController type=s
        ServiceConnectTestTrafficHeaderMatchRules exact=s
        ServiceConnectTestTrafficHeaderRules name=s \
            value=ServiceConnectTestTrafficHeaderMatchRules
        ServiceConnectTestTrafficRules header=ServiceConnectTestTrafficHeaderRules
        ServiceConnectClientAlias port=i dnsName=s \
            testTrafficRules=ServiceConnectTestTrafficRules
        TimeoutConfiguration idleTimeoutSeconds=i perRequestTimeoutSeconds=i
        ServiceConnectTlsCertificateAuthority awsPcaAuthorityArn=s
        ServiceConnectTlsConfiguration \
            issuerCertificateAuthority=ServiceConnectTlsCertificateAuthority kmsKey=s \
            roleArn=s
        ServiceConnectService portName=s discoveryName=s \
            clientAliases=[ServiceConnectClientAlias] ingressPortOverride=i \
            timeout=TimeoutConfiguration tls=ServiceConnectTlsConfiguration
        ServiceConnectAccessLogConfiguration format=s includeQueryParameters=s
        ServiceConnectContainerConfiguration logLevel=s
        ServiceConnectConfiguration enabled=b namespace=s services=[ServiceConnectService] \
            logConfiguration=LogConfiguration \
            accessLogConfiguration=ServiceConnectAccessLogConfiguration \
            containerConfigurations=[ServiceConnectContainerConfiguration]
        EBSTagSpecification resourceType=s tags=[Tag] propagateTags=s
        ServiceManagedEBSVolumeConfiguration encrypted=b kmsKeyId=s volumeType=s sizeInGiB=i \
            snapshotId=s volumeInitializationRate=i iops=i throughput=i \
            tagSpecifications=[EBSTagSpecification] roleArn=s filesystemType=s
        ServiceVolumeConfiguration name=s \
            managedEBSVolume=ServiceManagedEBSVolumeConfiguration
        VpcLatticeAdvancedConfiguration alternateTargetGroupArn=s productionListenerRule=s \
            testListenerRule=s
        VpcLatticeConfiguration roleArn=s targetGroupArn=s portName=s \
            advancedConfiguration=VpcLatticeAdvancedConfiguration
        GatewayConnectorHealthCheckMatcher httpCode=s grpcCode=s
        GatewayConnectorHealthCheck healthCheckProtocol=s healthCheckPort=i \
            healthCheckPath=s healthCheckTimeoutSeconds=i healthCheckIntervalSeconds=i \
            healthyThresholdCount=i unhealthyThresholdCount=i \
            matcher=GatewayConnectorHealthCheckMatcher
        GatewayConnectorFilters accessTypes=[s]
        GatewayConnectorDeregistrationDelay timeoutSeconds=i
        GatewayConnector portName=s healthCheck=GatewayConnectorHealthCheck \
            filters=GatewayConnectorFilters \
            deregistrationDelay=GatewayConnectorDeregistrationDelay
        MetricConfiguration metricNames=[s] resolutionSeconds=i
        MonitoringConfiguration metricConfigurations=[MetricConfiguration]
        CreateService cluster=s serviceName=s taskDefinition=s availabilityZoneRebalancing=s \
            loadBalancers=[LoadBalancer] serviceRegistries=[ServiceRegistry] desiredCount=i \
            clientToken=s launchType=s \
            capacityProviderStrategy=[CapacityProviderStrategyItem] platformVersion=s role=s \
            deploymentConfiguration=DeploymentConfiguration \
            placementConstraints=[PlacementConstraint] placementStrategy=[PlacementStrategy] \
            networkConfiguration=NetworkConfiguration healthCheckGracePeriodSeconds=i \
            schedulingStrategy=s deploymentController=DeploymentController tags=[Tag] \
            enableECSManagedTags=b propagateTags=s enableExecuteCommand=b \
            serviceConnectConfiguration=ServiceConnectConfiguration \
            volumeConfigurations=[ServiceVolumeConfiguration] \
            vpcLatticeConfigurations=[VpcLatticeConfiguration] \
            gatewayConnectors=[GatewayConnector] monitoring=MonitoringConfiguration
        UpdateService cluster=s service=s desiredCount=i taskDefinition=s \
            capacityProviderStrategy=[CapacityProviderStrategyItem] \
            deploymentConfiguration=DeploymentConfiguration availabilityZoneRebalancing=s \
            networkConfiguration=NetworkConfiguration \
            placementConstraints=[PlacementConstraint] placementStrategy=[PlacementStrategy] \
            platformVersion=s forceNewDeployment=b healthCheckGracePeriodSeconds=i \
            deploymentController=DeploymentController enableExecuteCommand=b \
            enableECSManagedTags=b loadBalancers=[LoadBalancer] propagateTags=s \
            serviceRegistries=[ServiceRegistry] \
            serviceConnectConfiguration=ServiceConnectConfiguration \
            volumeConfigurations=[ServiceVolumeConfiguration] \
            vpcLatticeConfigurations=[VpcLatticeConfiguration] \
            gatewayConnectors=[GatewayConnector] monitoring=MonitoringConfiguration
        """
}
