internal import AWS

/// The resource policies of secrets, by their names.
enum ResourcePolicyTable: Int, StatementList {
    case byName, names, put, delete

    enum Columns: Int, RowColumns {
        case name, document, secretID
    }

    static let table = Table.resourcePolicy

    var sql: String {
        switch self {
        case .byName:
            """
            SELECT \(Columns.list) FROM resource_policy WHERE secret_id = ?1 AND name = ?2
            """
        case .names: "SELECT name FROM resource_policy WHERE secret_id = ?1 ORDER BY name"
        case .put: "INSERT OR REPLACE INTO resource_policy \(Columns.values())"
        case .delete: "DELETE FROM resource_policy WHERE secret_id = ?1 AND name = ?2"
        }
    }
}

extension SQLiteTransaction {
    func resourcePolicy(_ name: String, of secret: Secret) throws(APIError) -> String? {
        try translatingErrors {
            let row = try statement(ResourcePolicyTable.byName)
            try row.bind(1, secret.id)
            try row.bind(2, name)
            return try row.step() ? row.text(.document) : nil
        }
    }

    func resourcePolicyNames(of secret: Secret) throws(APIError) -> [String] {
        try translatingErrors {
            let rows = try statement(ResourcePolicyTable.names)
            try rows.bind(1, secret.id)
            var names: [String] = []
            while try rows.step() { names.append(rows.text(.name)) }
            return names
        }
    }

    func resourcePolicyTexts(of secret: Secret) throws(APIError) -> [PolicyText] {
        if let texts = cache?.resourcePolicies(ofSecret: secret.id) { return texts }
        var texts: [PolicyText] = []
        for name in try resourcePolicyNames(of: secret) {
            guard let document = try resourcePolicy(name, of: secret) else { continue }
            texts.append(PolicyText.resource(name, document))
        }
        cache?.insert(texts, ofSecret: secret.id)
        return texts
    }

    func setResourcePolicy(
        _ document: String?,
        named name: String,
        of secret: Secret
    ) throws(APIError) {
        try translatingErrors {
            guard let document else {
                let deletion = try statement(ResourcePolicyTable.delete)
                try deletion.bind(1, secret.id)
                try deletion.bind(2, name)
                return try deletion.run()
            }
            let change = try statement(ResourcePolicyTable.put)
            try change.bind(.secretID, secret.id)
            try change.bind(.name, name)
            try change.bind(.document, document)
            try change.run()
        }
    }
}
