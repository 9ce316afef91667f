import AWS
import JSON
import Notation

@testable import Storage

extension VaultWriting {
    /// A row in every table that belongs to an account.
    func insertOneOfEach(in account: String) throws(APIError) {
        let scope = Scope(account: account, region: "us-east-1")
        let tags = [AWS.Tag(key: "team", value: "payments")]
        try insertSecret(tags, in: scope)
        try insertKey(tags, in: scope)
        try insertUser(tags, in: account)
        try setAlias("alias-\(account)", ofAccount: account)
        try insertService(in: scope)
        try insertMade(account)
    }

    /// The row of an account that was made, and the key of its root.
    private func insertMade(_ account: String) throws(APIError) {
        if let transaction = self as? SQLiteTransaction {
            try transaction.translatingErrors {
                let row = try transaction.statement(MadeAccountTable.insert)
                try row.bind(.account, account)
                try row.run()
            }
        }
        try insert(
            AccessKey(id: account, account: account, principalID: nil, createdAt: .noon),
            secretAccessKey: "secret"
        )
    }

    private func insertService(in scope: Scope) throws(APIError) {
        let nothing = JSONObject([])
        let cluster = try insert(ECSCluster(scope: scope, name: "c", document: nothing))
        let service = try insert(
            ECSService(
                cluster: cluster,
                name: "s",
                desiredCount: 1,
                taskDefinition: "arn",
                request: nothing,
                document: nothing,
                createdBy: "arn",
                createdAt: .noon
            )
        )
        let deployment = ECSDeployment(
            id: "ecs-svc/1",
            taskDefinition: "arn",
            desiredCount: 1,
            createdAt: .noon,
            updatedAt: .noon
        )
        try setDeployments([deployment], of: service)
        try append(ECSServiceEvent(id: "e", createdAt: .noon, message: "m"), to: service)
        _ = try insert(
            ECSTaskDefinition(
                scope: scope,
                family: "web",
                revision: 1,
                document: nothing,
                registeredBy: "arn",
                registeredAt: .noon
            )
        )
    }

    private func insertSecret(_ tags: [AWS.Tag], in scope: Scope) throws(APIError) {
        var secret = try insertSample(.sample(scope: scope))
        secret.kmsKeyID = "alias/other"
        try KeyAddition(to: secret).run(at: .noon, by: .service, in: self)
        try setTags(tags, of: secret)
        try setResourcePolicy("{}", named: "default", of: secret)
        try setReplica(Replica(region: "eu-west-1", kmsKeyID: "", state: .inSync), of: secret)
        try setCrossAccountReplica(
            CrossAccountReplica(replicaARN: "arn", roleARN: nil, status: .detached),
            of: secret
        )
        try setRotationConfiguration(RotationConfiguration(), of: secret)
        try setRotation(
            Rotation(
                versionID: "second-version",
                token: "token",
                isTest: false,
                step: .createSecret,
                failures: 0,
                dueAt: .noon
            ),
            of: secret
        )
    }

    private func insertKey(_ tags: [AWS.Tag], in scope: Scope) throws(APIError) {
        let key = try insert(
            NewKey(arn: KeyARN(scope: scope, keyID: "key"), policy: "{}", createdAt: .noon)
        )
        try setTags(tags, of: key)
        try insert(
            KMSGrant(
                id: "grant",
                key: key.arn,
                grantee: GrantPrincipal("arn"),
                operations: ["Decrypt"],
                issuingAccount: scope.account,
                createdAt: .noon
            ),
            of: key
        )
        try setAlias(
            KeyAlias(
                name: "alias/a",
                scope: scope,
                targetKeyID: "key",
                createdAt: .noon,
                updatedAt: .noon
            ),
            of: key
        )
    }

    private func insertUser(_ tags: [AWS.Tag], in account: String) throws(APIError) {
        let user = try insert(
            IAMPrincipal(
                account: account,
                kind: .user,
                name: "ana",
                uniqueID: "AIDA\(account)",
                createdAt: .noon
            )
        )
        try setTags(tags, of: user)
        try setInlinePolicy("{}", named: "inline", of: user)
        let policy = try insert(
            ManagedPolicy(
                account: account,
                name: "reads",
                uniqueID: "ANPA\(account)",
                createdAt: .noon,
                updatedAt: .noon
            ),
            document: "{}"
        )
        try setTags(tags, of: policy)
        try attachPolicy(arn: policy.arn, to: user)
        try insert(
            AccessKey(
                id: "AKIA\(account)",
                account: account,
                principalID: user.id,
                createdAt: .noon
            ),
            secretAccessKey: "secret"
        )
    }
}
