/// A service of AWS that speaks JSON, as calls address it.
package struct AWSService: Sendable, Equatable {
    /// As signatures and endpoints name it.
    package let signingName: String
    /// What stands before an operation in `X-Amz-Target`.
    package let targetPrefix: String

    /// A service that is not listed here.
    package init(signingName: String, targetPrefix: String) {
        self.signingName = signingName
        self.targetPrefix = targetPrefix
    }

    /// AWS Secrets Manager.
    package static let secretsManager = AWSService(
        signingName: "secretsmanager",
        targetPrefix: "secretsmanager"
    )
    /// AWS CloudTrail.
    package static let cloudTrail = AWSService(
        signingName: "cloudtrail",
        targetPrefix: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101"
    )
    /// AWS Key Management Service.
    package static let kms = AWSService(signingName: "kms", targetPrefix: "TrentService")
    /// Amazon Elastic Container Service.
    package static let ecs = AWSService(
        signingName: "ecs",
        targetPrefix: "AmazonEC2ContainerServiceV20141113"
    )
}
