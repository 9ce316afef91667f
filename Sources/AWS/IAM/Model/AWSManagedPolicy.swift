internal import Notation

/// A policy that AWS itself keeps, in every account and partition.
///
/// [AWS managed policies](https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html):
/// those that set-ups of secrets attach.
package struct AWSManagedPolicy: Sendable {
    package let name: String
    /// Begins and ends with a slash.
    package let path: String
    package let description: String
    /// Of whose accounts it is.
    package private(set) var partition = Partition.standard
    private let text: String

    /// Its text, which names things of its own partition.
    package var document: String {
        guard partition != Partition.standard else { return text }
        return text.replacing("\"arn:aws:", with: "\"arn:\(partition):")
            .replacing(".*.amazonaws.com", with: ".*.\(Partition.domain(of: partition))")
    }

    /// As in `arn:aws:iam::aws:policy/SecretsManagerReadWrite`.
    package var arn: String {
        ARN(global: IAM.signingName, partition: partition, account: "aws", "policy\(path)\(name)")
            .text
    }

    /// A unique id of its own, the same everywhere.
    package var uniqueID: String {
        let letters = name.uppercased().filter { $0.isLetter && $0.isASCII }
        return String((UniqueID.policy.rawValue + letters + "AAAAAAAAAAAAAAAAA").prefix(21))
    }

    /// Its one version.
    package var version: ManagedPolicyVersion {
        ManagedPolicyVersion(number: 1, document: document, createdAt: Self.createdAt)
    }

    /// 2015-02-06T18:39:46Z, when AWS made most of the older ones.
    static let createdAt = Timestamp(milliseconds: 1_423_247_986_000)

    /// The policy of this ARN; nil when AWS has none, or none that is kept here.
    package init?(arn: String) {
        // Those of customers are told apart first: they are asked for with every call.
        guard arn.hasPrefix("arn:aws"), arn.contains(":iam::aws:policy/"),
            let partition = ARN(arn)?.partition, Partition.isKnown(partition),
            let policy = AWSManagedPolicy.all(in: partition).first(where: { $0.arn == arn })
        else { return nil }
        self = policy
    }

    /// Those of a partition, in alphabetical order.
    package static func all(in partition: String) -> [AWSManagedPolicy] {
        guard partition != Partition.standard else { return all }
        return all.map { policy in
            var policy = policy
            policy.partition = partition
            return policy
        }
    }

    private init(
        _ name: String,
        path: String = "/",
        _ description: String,
        _ statements: String...
    ) {
        self.name = name
        self.path = path
        self.description = description
        text =
            #"{"Version":"2012-10-17","Statement":["# + statements.joined(separator: ",") + "]}"
    }

    private static let all = [
        AWSManagedPolicy(
            "AdministratorAccess",
            "Provides full access to AWS services and resources.",
            #"{"Effect":"Allow","Action":"*","Resource":"*"}"#
        ),
        AWSManagedPolicy(
            "AmazonECSTaskExecutionRolePolicy",
            path: "/service-role/",
            "Provides access to other AWS service resources that are required to run Amazon ECS"
                + " tasks",
            #"""
            {"Effect":"Allow","Action":["ecr:GetAuthorizationToken",
            "ecr:BatchCheckLayerAvailability","ecr:GetDownloadUrlForLayer","ecr:BatchGetImage",
            "logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}
            """#
        ),
        AWSManagedPolicy(
            "AWSLambdaBasicExecutionRole",
            path: "/service-role/",
            "Provides write permissions to CloudWatch Logs.",
            #"""
            {"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream",
            "logs:PutLogEvents"],"Resource":"*"}
            """#
        ),
        AWSManagedPolicy(
            "AWSSecretsManagerClientReadOnlyAccess",
            "Provides read-only access to AWS Secrets Manager secrets and required KMS decrypt"
                + " permissions.",
            #"""
            {"Sid":"SecretsManagerReadAccess","Effect":"Allow","Action":[
            "secretsmanager:GetSecretValue","secretsmanager:DescribeSecret"],"Resource":"*"}
            """#,
            #"""
            {"Sid":"KMSDecryptAccess","Effect":"Allow","Action":"kms:Decrypt","Resource":"*",
            "Condition":{"StringLike":{"kms:ViaService":"secretsmanager.*.amazonaws.com"}}}
            """#
        ),
        AWSManagedPolicy(
            "IAMFullAccess",
            "Provides full access to IAM via the AWS Management Console.",
            #"{"Effect":"Allow","Action":["iam:*"],"Resource":"*"}"#
        ),
        AWSManagedPolicy(
            "PowerUserAccess",
            "Provides full access to AWS services and resources, but does not allow management of"
                + " Users and groups.",
            #"{"Effect":"Allow","NotAction":["iam:*","organizations:*","account:*"],"Resource":"*"}"#,
            #"""
            {"Effect":"Allow","Action":["iam:ListRoles","account:GetAccountInformation"],
            "Resource":"*"}
            """#
        ),
        AWSManagedPolicy(
            "ReadOnlyAccess",
            "Provides read-only access to AWS services and resources.",
            #"""
            {"Effect":"Allow","Action":["secretsmanager:Describe*","secretsmanager:List*",
            "secretsmanager:GetRandomPassword","secretsmanager:GetResourcePolicy","kms:Describe*",
            "kms:Get*","kms:List*","iam:Get*","iam:List*","cloudtrail:LookupEvents"],
            "Resource":"*"}
            """#
        ),
        AWSManagedPolicy(
            "SecretsManagerReadWrite",
            "Provides read/write access to AWS Secrets Manager via the AWS Management Console.",
            #"""
            {"Sid":"BasicPermissions","Effect":"Allow","Action":["secretsmanager:*",
            "kms:DescribeKey","kms:ListAliases","kms:ListKeys","lambda:ListFunctions",
            "tag:GetResources"],"Resource":"*"}
            """#,
            #"""
            {"Sid":"LambdaPermissions","Effect":"Allow","Action":["lambda:AddPermission",
            "lambda:CreateFunction","lambda:GetFunction","lambda:InvokeFunction",
            "lambda:UpdateFunctionConfiguration"],
            "Resource":"arn:aws:lambda:*:*:function:SecretsManager*"}
            """#
        ),
    ]
}
