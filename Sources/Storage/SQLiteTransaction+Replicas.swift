internal import AWS

extension SQLiteTransaction {
    func replicas(of primary: Secret) throws(APIError) -> [Replica] {
        try translatingErrors {
            let rows = try statement(.replicas)
            try rows.bind(1, primary.id)
            var replicas: [Replica] = []
            while try rows.step() {
                replicas.append(
                    Replica(
                        region: rows.text(0),
                        kmsKeyID: rows.text(1),
                        failure: rows.optionalText(2)
                    )
                )
            }
            return replicas
        }
    }

    func setReplica(_ replica: Replica, of primary: Secret) throws(APIError) {
        try translatingErrors {
            let change = try statement(.setReplica)
            try change.bind(1, primary.id)
            try change.bind(2, replica.region)
            try change.bind(3, replica.kmsKeyID)
            try change.bind(4, replica.failure)
            try change.run()
        }
    }

    func deleteReplica(in region: String, of primary: Secret) throws(APIError) {
        try translatingErrors {
            let deletion = try statement(.deleteReplica)
            try deletion.bind(1, primary.id)
            try deletion.bind(2, region)
            try deletion.run()
        }
    }

    func crossAccountReplica(of primary: Secret) throws(APIError) -> CrossAccountReplica? {
        try translatingErrors {
            let row = try statement(.crossAccountReplica)
            try row.bind(1, primary.id)
            guard try row.step() else { return nil }
            return CrossAccountReplica(
                replicaARN: row.text(0),
                roleARN: row.optionalText(1),
                status: CrossAccountStatus(rawValue: row.text(2)) ?? .detached
            )
        }
    }

    func setCrossAccountReplica(
        _ replica: CrossAccountReplica?,
        of primary: Secret
    ) throws(APIError) {
        try translatingErrors {
            guard let replica else { return try run(.deleteCrossAccountReplica, primary.id) }
            let change = try statement(.setCrossAccountReplica)
            try change.bind(1, primary.id)
            try change.bind(2, replica.replicaARN)
            try change.bind(3, replica.roleARN)
            try change.bind(4, replica.status.rawValue)
            try change.run()
        }
    }
}
