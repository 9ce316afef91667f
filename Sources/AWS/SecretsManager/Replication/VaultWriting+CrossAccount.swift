extension VaultReading {
    /// The replica in another account that an ARN names; nil when there is no secret there.
    func replica(at arn: String, from caller: Scope) throws(APIError) -> Secret? {
        guard arn.hasPrefix("arn:") else { throw .invalidARN }
        let address = try SecretAddress(arn, from: caller)
        guard address.scope.region == caller.region else { return nil }
        return try secret(at: address)
    }
}

extension VaultWriting {
    /// Attaches the policy that lets the primary's account write to its replica.
    ///
    /// That there is one, beside the owner's own, is AWS's word; its name and text are not known.
    func attachReplicationPolicy(to replica: Secret, primary: CrossAccountPrimary) throws(APIError)
    {
        let account = primary.primaryARN.split(separator: ":").dropFirst(4).first ?? ""
        let text = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
            "Principal":{"AWS":"arn:aws:iam::\(account):root"},\
            "Action":"secretsmanager:AcceptCrossAccountReplication","Resource":"*"}]}
            """
        try setResourcePolicy(
            try ResourcePolicy.storedText(text),
            named: ResourcePolicy.replicationName,
            of: replica
        )
    }

    /// Makes the replica in another account like its primary, if there is one and it follows.
    func updateCrossAccountReplica(of primary: Secret) throws(APIError) {
        guard let replica = try crossAccountReplica(of: primary), replica.status == .inSync,
            let copy = try self.replica(at: replica.replicaARN, from: primary.arn.scope)
        else { return }
        try copySecret(primary, to: copy)
    }

    /// The same after a change of the primary, whose caller has nothing to do with the replica's
    /// key: when that cannot be used, the replica is Failed until it is associated again.
    func followCrossAccount(_ primary: Secret) throws(APIError) {
        let failure = try failure { vault throws(APIError) in
            try vault.updateCrossAccountReplica(of: primary)
        }
        guard failure != nil, var known = try crossAccountReplica(of: primary) else { return }
        known.status = .failed
        try setCrossAccountReplica(known, of: primary)
        guard var copy = try replica(at: known.replicaARN, from: primary.arn.scope) else { return }
        copy.crossAccountPrimary?.status = .failed
        try update(copy)
    }

    /// Ends replication from the replica's side: the primary sees that it is detached.
    func leaveCrossAccountPrimary(_ secret: Secret) throws(APIError) {
        if secret.crossAccountPrimary != nil {
            try setResourcePolicy(nil, named: ResourcePolicy.replicationName, of: secret)
        }
        guard let link = secret.crossAccountPrimary,
            let primary = try replica(at: link.primaryARN, from: secret.arn.scope),
            var known = try crossAccountReplica(of: primary), known.replicaARN == secret.arn.text
        else { return }
        known.status = .detached
        try setCrossAccountReplica(known, of: primary)
    }
}
