internal import Notation

extension VaultReading {
    /// What `PrincipalReading` asks, answered from the users and roles that are kept.
    package func namedPrincipal(_ arn: String) throws(APIError) -> NamedPrincipal {
        guard let parts = ARN(arn), Partition.isKnown(parts.partition), parts.region.isEmpty,
            AccountID.isValid(parts.account)
        else { return .notPrincipal }
        let path = parts.path
        let hasName = path.count > 1 && path.last?.isEmpty == false
        switch (parts.service, path.first) {
        case ("iam", "root") where path.count == 1: return .taken
        case ("iam", "user") where hasName:
            return try named(try principal(.user, arn: arn)?.uniqueID, in: parts.account)
        case ("iam", "role") where hasName:
            return try named(try principal(.role, arn: arn)?.uniqueID, in: parts.account)
        case ("sts", "assumed-role") where path.count == 3 && hasName:
            let role = try principal(.role, named: String(path[1]), in: parts.account)
            let id = role.map { "\($0.uniqueID):\(path[2])" }
            return try named(id, in: parts.account)
        case ("sts", "federated-user") where hasName: return .taken
        default: return .notPrincipal
        }
    }

    private func named(
        _ uniqueID: String?,
        in account: String
    ) throws(APIError) -> NamedPrincipal {
        if let uniqueID { return .known(uniqueID: uniqueID) }
        return try hasPrincipals(in: account) ? .nobody : .taken
    }
}
