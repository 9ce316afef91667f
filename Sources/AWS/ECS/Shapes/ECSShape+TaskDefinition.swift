/// The members of RegisterTaskDefinition, as the API's model has them.
extension ECSShape {
    static let taskDefinitionText = """
        RepositoryCredentials credentialsParameter=s
        PortMapping containerPort=i hostPort=i protocol=s name=s appProtocol=s \
            containerPortRange=s
        ContainerRestartPolicy enabled=b ignoredExitCodes=[i] restartAttemptPeriod=i
        KeyValuePair name=s value=s!
        EnvironmentFile value=s type=s
        MountPoint sourceVolume=s containerPath=s readOnly=b
        VolumeFrom sourceContainer=s readOnly=b
        KernelCapabilities add=[s] drop=[s]
        Device hostPath=s containerPath=s permissions=[s]
        Tmpfs containerPath=s size=i mountOptions=[s]
        LinuxParameters capabilities=KernelCapabilities devices=[Device] \
            initProcessEnabled=b sharedMemorySize=i tmpfs=[Tmpfs] maxSwap=i swappiness=i
        Secret name=s valueFrom=s
        ContainerDependency containerName=s condition=s
        HostEntry hostname=s ipAddress=s
        Ulimit name=s softLimit=i hardLimit=i
        LogConfiguration logDriver=s options={s}! secretOptions=[Secret]
        HealthCheck command=[s]! interval=i timeout=i retries=i startPeriod=i
        SystemControl namespace=s value=s
        NvidiaMpsAllocation memory=i maxComputePercent=i
        SharingStrategy nvidiaMps=NvidiaMpsAllocation
        ResourceRequirement value=s type=s sharingStrategy=SharingStrategy
        FirelensConfiguration type=s options={s}!
        ContainerDefinition name=s image=s repositoryCredentials=RepositoryCredentials cpu=i \
            memory=i memoryReservation=i links=[s] portMappings=[PortMapping] essential=b \
            restartPolicy=ContainerRestartPolicy entryPoint=[s]! command=[s]! \
            environment=[KeyValuePair] environmentFiles=[EnvironmentFile] \
            mountPoints=[MountPoint] volumesFrom=[VolumeFrom] \
            linuxParameters=LinuxParameters secrets=[Secret] dependsOn=[ContainerDependency] \
            startTimeout=i stopTimeout=i versionConsistency=s hostname=s user=s \
            workingDirectory=s disableNetworking=b privileged=b readonlyRootFilesystem=b \
            dnsServers=[s] dnsSearchDomains=[s] extraHosts=[HostEntry] \
            dockerSecurityOptions=[s] interactive=b pseudoTerminal=b dockerLabels={s}! \
            ulimits=[Ulimit] logConfiguration=LogConfiguration healthCheck=HealthCheck \
            systemControls=[SystemControl] resourceRequirements=[ResourceRequirement] \
            firelensConfiguration=FirelensConfiguration credentialSpecs=[s]
        HostVolumeProperties sourcePath=s
        DockerVolumeConfiguration scope=s autoprovision=b driver=s driverOpts={s}! \
            labels={s}!
        EFSAuthorizationConfig accessPointId=s iam=s
        EFSVolumeConfiguration fileSystemId=s rootDirectory=s transitEncryption=s \
            transitEncryptionPort=i authorizationConfig=EFSAuthorizationConfig
        S3FilesVolumeConfiguration fileSystemArn=s rootDirectory=s transitEncryptionPort=i \
            accessPointArn=s
        FSxWindowsFileServerAuthorizationConfig credentialsParameter=s domain=s
        FSxWindowsFileServerVolumeConfiguration fileSystemId=s rootDirectory=s \
            authorizationConfig=FSxWindowsFileServerAuthorizationConfig
        Volume name=s host=HostVolumeProperties \
            dockerVolumeConfiguration=DockerVolumeConfiguration \
            efsVolumeConfiguration=EFSVolumeConfiguration \
            s3filesVolumeConfiguration=S3FilesVolumeConfiguration \
            fsxWindowsFileServerVolumeConfiguration=FSxWindowsFileServerVolumeConfiguration \
            configuredAtLaunch=b
        TaskDefinitionPlacementConstraint type=s expression=s
        Tag key=s value=s
        ProxyConfiguration type=s containerName=s properties=[KeyValuePair]
        InferenceAccelerator deviceName=s deviceType=s
        EphemeralStorage sizeInGiB=i
        RuntimePlatform cpuArchitecture=s operatingSystemFamily=s
        TrustedExecutionConfiguration isolationMode=s attestationPolicy=s
        RegisterTaskDefinition family=s taskRoleArn=s executionRoleArn=s networkMode=s \
            containerDefinitions=[ContainerDefinition] volumes=[Volume] \
            placementConstraints=[TaskDefinitionPlacementConstraint] \
            requiresCompatibilities=[s] cpu=s memory=s tags=[Tag] pidMode=s ipcMode=s \
            proxyConfiguration=ProxyConfiguration \
            inferenceAccelerators=[InferenceAccelerator] ephemeralStorage=EphemeralStorage \
            runtimePlatform=RuntimePlatform enableFaultInjection=b \
            trustedExecutionConfiguration=TrustedExecutionConfiguration
        """
}
