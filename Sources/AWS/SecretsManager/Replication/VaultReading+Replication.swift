extension VaultReading {
    /// The copy of a primary in another region; nil when there is none.
    func copy(of primary: Secret, in region: String) throws(APIError) -> Secret? {
        let arn = primary.arn.moved(to: region)
        guard let found = try secret(at: .arn(arn.text, arn.scope)), found.primaryID == primary.id
        else { return nil }
        return found
    }

    /// How the replicas of a primary are doing, by region.
    ///
    /// Copies are made in the transaction of the call that asks for them; AWS takes seconds. So the
    /// answer of that call says that it is in progress, and every later one that it is done.
    ///
    /// - Parameters:
    ///   - primary: the secret that they are copies of.
    ///   - regions: those that this very call asked for.
    /// - Returns: an entry for each replica, those that failed too.
    /// - Throws: InternalServiceError.
    func replicationStatus(
        of primary: Secret,
        justBegunIn regions: [String] = []
    ) throws(APIError) -> [ReplicationStatus] {
        var list: [ReplicationStatus] = []
        for replica in try replicas(of: primary) {
            let copy = try copy(of: primary, in: replica.region)
            let isNew = regions.contains(replica.region)
            let status: ReplicationStatus.Status =
                isNew ? .inProgress : replica.failure == nil ? .inSync : .failed
            list.append(
                ReplicationStatus(
                    region: replica.region,
                    kmsKeyID: copy?.kmsKeyID ?? replica.kmsKeyID,
                    status: status,
                    message: isNew ? nil : replica.failure ?? "Replication succeeded",
                    lastAccessedAt: copy?.lastAccessedAt
                )
            )
        }
        return list
    }
}

extension SecretARN {
    /// The ARN of the secret's copy in another region: name and suffix are the same.
    func moved(to region: String) -> SecretARN {
        SecretARN(
            scope: Scope(account: scope.account, region: region),
            name: name,
            suffix: String(suffix)
        )
    }
}
