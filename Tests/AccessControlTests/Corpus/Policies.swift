extension Corpus {
    /// Policies that secrets may have.
    static let resourcePolicies: [PolicySample] = [
        PolicySample(
            "one role may read",
            """
            {"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow",
            "Principal":{"AWS":"arn:aws:iam::111122223333:role/EC2RoleToAccessSecrets"},
            "Action":"secretsmanager:GetSecretValue","Resource":"*"}]}
            """
        ),
        PolicySample(
            "a statement without a list and a version",
            """
            {"Id":"one","Statement":{"Effect":"Deny","Principal":"*",
            "NotAction":["secretsmanager:Get*","secretsmanager:Describe?ecret"],
            "NotResource":"arn:aws:secretsmanager:*:111122223333:secret:app/*"}}
            """
        ),
        PolicySample(
            "every kind of principal",
            """
            {"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":{
            "AWS":["111122223333","arn:aws:iam::111122223333:root","arn:aws-cn:iam::111122223333:user/a/b",
            "arn:aws:sts::111122223333:assumed-role/app/i-1","arn:aws:sts::111122223333:federated-user/x",
            "AIDAEXAMPLEEXAMPLE123","AROAEXAMPLEEXAMPLE123","*"],
            "Service":["lambda.amazonaws.com","logs.eu-central-1.amazonaws.com"],
            "Federated":["accounts.google.com","arn:aws:iam::111122223333:saml-provider/corp"],
            "CanonicalUser":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
            "Action":"*","Resource":"*","Condition":{}}]}
            """
        ),
        PolicySample(
            "only from one network",
            """
            {"Version":"2012-10-17","Statement":[{"Sid":"Only from the VPC","Effect":"Deny",
            "Principal":"*","Action":"secretsmanager:*","Resource":"*",
            "Condition":{"StringNotEquals":{"aws:sourceVpce":["vpce-1a2b3c4d","vpce-5e6f7a8b"]},
            "NotIpAddressIfExists":{"aws:SourceIp":["203.0.113.0/24","2001:db8:1::/48"]},
            "Bool":{"aws:ViaAWSService":false}}}]}
            """
        ),
        PolicySample(
            "everyone in the organization whose tags agree",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},
            "Action":["secretsmanager:GetSecretValue"],"Resource":"*","Condition":{
            "StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5",
            "secretsmanager:ResourceTag/Team":"${aws:PrincipalTag/Team, 'nobody'}"},
            "ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-a1b2c3d4e5/*/ou-ab12-11111111/*"},
            "ForAllValues:StringEqualsIgnoreCaseIfExists":{"aws:TagKeys":["Team","Stage"]}}}]}
            """
        ),
        PolicySample(
            "each other kind of value",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},
            "Action":"*","Resource":["*"],"Condition":{
            "NumericLessThan":{"secretsmanager:RecoveryWindowInDays":7},
            "NumericGreaterThanEquals":{"a:b":["1.5","-2e3"]},
            "DateLessThan":{"aws:CurrentTime":["2026-03-01T10:00:00.5+01:00","2026-03","1772359200"]},
            "Null":{"aws:TokenIssueTime":"true"},"BinaryEquals":{"a:c":"QmluYXJ5"},
            "ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/${aws:username}${*}"}}}]}
            """
        ),
    ]

    /// Policies that users and roles may have.
    static let identityPolicies: [PolicySample] = [
        PolicySample(
            "read one application's secrets",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
            "Action":["secretsmanager:GetSecretValue","kms:Decrypt"],
            "Resource":["arn:aws:secretsmanager:us-east-1:111122223333:secret:app/*-??????"]},
            {"Effect":"Allow","Action":["secretsmanager:ListSecrets","*:*"],"Resource":"*"}]}
            """
        ),
        PolicySample(
            "current versions only",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"secretsmanager:*",
            "Resource":"arn:aws:secretsmanager:*:*:secret:${aws:username}/*","Condition":
            {"ForAnyValue:StringEquals":{"secretsmanager:VersionStage":"AWSCURRENT"}}}]}
            """
        ),
    ]

    /// Policies that roles may have for those who assume them.
    static let trustPolicies: [PolicySample] = [
        PolicySample(
            "tasks and a continuous integration service",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
            "Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"},
            {"Effect":"Allow","Principal":{"Federated":
            "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
            "Action":["sts:AssumeRoleWithWebIdentity","sts:TagSession"],"Condition":{"StringLike":
            {"token.actions.githubusercontent.com:sub":"repo:driftsentry/*:ref:refs/heads/main"}}}]}
            """
        )
    ]
}
