internal import Notation

/// The names by which AWS's services appear as principals.
///
/// AWS publishes no list of them. These are the ones its documentation of the services names; the
/// names of services that have a principal per feature stand with the feature before the service, as
/// in `delivery.logs`. A name that is missing here is added here.
package enum ServicePrincipals {
    /// Whether AWS has a service principal of this name: `SERVICE.amazonaws.com`, or with a region,
    /// `SERVICE.REGION.amazonaws.com`, or either in the domain of another partition.
    package static func contains(_ text: String) -> Bool {
        let domain = Partition.domains.first { text.hasSuffix(".\($0)") }
        guard let domain else { return false }
        let name = text.dropLast(domain.count + 1)
        if names.contains(String(name)) { return true }
        guard let point = name.lastIndex(of: "."), isRegion(name[name.index(after: point)...])
        else {
            return false
        }
        return names.contains(String(name[..<point]))
    }

    /// Whether a text has the shape of a region's name, such as `us-gov-west-1`.
    private static func isRegion(_ text: Substring) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (3...4).contains(parts.count), let number = parts.last else { return false }
        return parts[0].utf8.count == 2
            && parts.dropLast().allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(ASCII.isLetter) }
            && number.utf8.count == 1 && number.utf8.allSatisfy(ASCII.isDigit)
    }

    private static let names = Set(
        list.split { $0 == " " || $0 == "\n" }.map { String($0) }
    )

    private static let list = """
        a4b access-analyzer account acm acm-pca airflow airflow-env amplify amplifybackend aoss
        api.ecr-public apidestinations.events apigateway appconfig appfabric appflow
        application-autoscaling application-insights application-signals.cloudwatch
        applicationinsights appmesh apprunner appstream appstream.application-autoscaling appsync
        aps arc-zonal-shift artifact athena auditmanager autoscaling autoscaling-plans
        aws-chatbot aws-artifact-account-sync awsconnector b2bi backup backup-gateway
        backup-search batch bcm-data-exports bedrock bedrock-agentcore billingconductor braket
        budgets build.apprunner cassandra cassandra.application-autoscaling ce channels.lex
        chatbot chime cleanrooms cleanrooms-ml cloud9 clouddirectory cloudformation cloudfront
        cloudhsm cloudkms cloudsearch cloudtrail cloudwatch cloudwatch-crossaccount codeartifact
        codebuild codecommit codeconnections codedeploy codeguru-profiler codeguru-reviewer
        codepipeline codestar codestar-connections codestar-notifications codewhisperer
        cognito-idp cognito-sync comprehend compute-optimizer config config-conforms
        config-multiaccountsetup connect connect-campaigns connector.connect
        continuousexport.discovery controltower cost-optimization-hub costalerts
        credentials.iot cur custom.rds custom-resource.application-autoscaling customer-profiles
        databrew dataexchange datapipeline datasync datazone dax deadline delivery.logs
        deeplens detective devicefarm devops-guru devops devopsguru diode directconnect
        discovery dlm dms docdb-elastic drs ds dynamodb dynamodb.application-autoscaling
        ebs ec2 ec2.application-autoscaling ec2-instance-connect ec2fleet ec2scheduled ecr ecs
        ecs.application-autoscaling ecs-tasks edgelambda eks eks-auth eks-connector eks-fargate
        eks-fargate-pods eks-nodegroup elasticache elasticbeanstalk elasticfilesystem
        elasticloadbalancing elasticmapreduce elasticmapreduce.application-autoscaling
        elastictranscoder email emr-containers emr-serverless entityresolution es events
        evidently export.rds ecs-service-connect finspace finspace-databrew firehose fis fms
        forecast frauddetector freertos fsx gamelift geo globalaccelerator glue grafana
        greengrass groundstation guardduty health healthlake honeycode iam iam.access-analyzer
        identitystore imagebuilder importexport ingestion.medialive inspector inspector2
        internetmonitor invoicing iot iotanalytics iotevents iotfleetwise iotsitewise
        iotthingsgraph iottwinmaker iotwireless ivs jellyfish kafka kafkaconnect kendra
        kinesis kinesisanalytics kinesisvideo kms lakeformation lambda
        lambda.application-autoscaling launchwizard lex lexv2 license-manager
        license-manager.master-account license-manager.member-account
        license-manager-linux-subscriptions license-manager-user-subscriptions lightsail
        logdelivery.elasticloadbalancing logger.cloudfront logs lookoutequipment
        lookoutmetrics lookoutvision m2 machinelearning macie macie2 maintenance.elasticache
        malware-protection.guardduty malware-protection-plan.guardduty managedblockchain
        management.chatbot marketplace mediaconnect mediaconvert medialive mediapackage
        mediapackagev2 mediastore mediatailor member.org.stacksets.cloudformation memorydb
        meteringmarketplace mgh mgn migrationhub migrationhub-orchestrator
        migrationhub-strategy mobileanalytics monitoring monitoring.rds mq mwaa neptune-graph
        network-firewall network-insights networkmanager networkmonitor nimble notifications
        oam observabilityadmin omics opensearch opensearchservice ops.apigateway ops.emr-serverless
        opsdatasync.ssm opsworks opsworks-cm organizations osis osis-pipelines outposts
        panorama payment-cryptography pca-connector-ad pcs personalize pi pinpoint pipes
        pods.eks polly pricing preview-inspector private-networks prod.apprunner proton q
        qbusiness qldb quicksight ram rds rds.application-autoscaling rds-preview
        redshift redshift-data redshift-serverless refactor-spaces rekognition
        replication.dynamodb replication.ecr replication.rds replicator.lambda
        reporting.trustedadvisor resiliencehub resource-explorer-2 resource-groups robomaker
        rolesanywhere route53 route53-recovery-control-config route53-recovery-readiness
        route53domains route53profiles route53resolver rum s3 s3-object-lambda s3-outposts
        s3express s3tables sagemaker sagemaker.application-autoscaling sagemaker-geospatial
        savingsplans scheduler schemas sdb secretsmanager securityhub securitylake
        serverlessrepo servicecatalog servicecatalog-appregistry servicediscovery servicelens
        servicequotas ses shield signer signin simspaceweaver sms sms-voice snowball sns
        snowdevice-management spot spotfleet sqs ssm ssm-contacts ssm-guiconnect ssm-incidents
        ssm-quicksetup ssm-sap ssmmessages sso stacksets.cloudformation states storagegateway
        storage-lens.s3 streams.metrics.cloudwatch sts sumerian support support.mobiletargeting
        supportapp swf synthetics tagging tasks.apprunner textract timestream
        timestream-influxdb tnb transcribe transcribe.streaming transfer transitgateway
        translate trustedadvisor user-subscriptions verifiedpermissions vmie voiceid
        vpc-flow-logs vpc-lattice vpce vpcorigin.cloudfront waf waf-regional wafv2 wam
        wellarchitected wickr wisdom workdocs worklink workmail workspaces workspaces-web
        workspaces.application-autoscaling xray
        """
}
