import AWS
import Testing

@Suite struct ServiceEndpointTests {
    @Test(
        arguments: [
            "secretsmanager.us-east-1.amazonaws.com", "secretsmanager.eu-central-1.amazonaws.com",
            "secretsmanager-fips.us-gov-west-1.amazonaws.com",
            "secretsmanager.us-east-1.api.aws", "secretsmanager-fips.ca-central-1.api.aws",
            "secretsmanager.cn-north-1.amazonaws.com.cn",
            "secretsmanager.cn-north-1.api.amazonwebservices.com.cn",
            "secretsmanager.eusc-de-east-1.amazonaws.eu", "kms.ap-southeast-2.amazonaws.com",
            "kms-fips.us-west-2.amazonaws.com", "sts.us-east-1.amazonaws.com", "sts.amazonaws.com",
            "iam.amazonaws.com", "iam-fips.amazonaws.com", "iam.us-gov.amazonaws.com",
            "iam.global.api.aws", "iam.cn-north-1.amazonaws.com.cn",
            "cloudtrail.us-east-1.amazonaws.com", "ecs.us-east-1.amazonaws.com",
            "ssm.mx-central-1.amazonaws.com",
        ]
    )
    func `A name of AWS's endpoints for a service that is served is one`(host: String) {
        #expect(Services.haveEndpoint(host))
    }

    /// A page can be served from a bucket's name, and a bucket can have a service's name.
    @Test(
        arguments: [
            "secretsmanager.s3.amazonaws.com", "secretsmanager.s3-us-west-2.amazonaws.com",
            "sts.s3-website-us-east-1.amazonaws.com", "kms.s3.us-east-1.amazonaws.com",
            "secretsmanager.amazonaws.com", "kms.amazonaws.com", "amazonaws.com", ".amazonaws.com",
            "s3.amazonaws.com", "my-bucket.s3.amazonaws.com", "lambda.us-east-1.amazonaws.com",
            "x.secretsmanager.us-east-1.amazonaws.com", "secretsmanager..amazonaws.com",
            "secretsmanager.us-east-1.amazonaws.com.evil.example", "secretsmanager.us-east-1",
            "evilsecretsmanager.us-east-1.amazonaws.com",
            "secretsmanager.us-east-1.evilamazonaws.com", "secretsmanager.us-east-1x.amazonaws.com",
            "secretsmanager.us.amazonaws.com", "secretsmanager.1.amazonaws.com",
            "secretsmanager-fips-fips.us-east-1.amazonaws.com", "sts.api.aws",
            "xyz.execute-api.us-east-1.amazonaws.com", "ecs.cloudfront.net",
            "iam.global.amazonaws.com", "sts-fips.amazonaws.com",
        ]
    )
    func `Nothing else below AWS's domains is one`(host: String) {
        #expect(!Services.haveEndpoint(host))
    }
}
