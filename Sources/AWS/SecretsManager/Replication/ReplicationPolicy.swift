internal import Notation

/// The policy that lets the primary's account write to its replica in another account.
///
/// That there is one, beside the owner's own, is AWS's word; its name and text are not known.
struct ReplicationPolicy: Sendable {
    private let replica: Secret

    init(of replica: Secret) {
        self.replica = replica
    }

    func attach(
        letting primary: CrossAccountPrimary,
        in vault: any VaultWriting
    ) throws(APIError) {
        let root = try SecretAddress(primary.primaryARN, from: replica.arn.scope).scope
            .iamARN("root")
        let text = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
            "Principal":{"AWS":"\(root)"},\
            "Action":"secretsmanager:AcceptCrossAccountReplication","Resource":"*"}]}
            """
        try vault.setResourcePolicy(
            try ResourcePolicy.storedText(text),
            named: ResourcePolicy.replicationName,
            of: replica
        )
    }

    func detach(in vault: any VaultWriting) throws(APIError) {
        try vault.setResourcePolicy(nil, named: ResourcePolicy.replicationName, of: replica)
    }
}
