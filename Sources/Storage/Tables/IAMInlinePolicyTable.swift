internal import AWS

/// The policies inside users and roles.
enum IAMInlinePolicyTable: Int, StatementList {
    case ofPrincipal, set, delete

    enum Columns: Int, RowColumns {
        case name, document, principal
    }

    static let table = Table.iamInlinePolicy

    var sql: String {
        switch self {
        case .ofPrincipal:
            """
            SELECT \(Columns.list) FROM iam_inline_policy WHERE principal = ?1 ORDER BY name
            """
        case .set: "INSERT OR REPLACE INTO iam_inline_policy \(Columns.values())"
        case .delete: "DELETE FROM iam_inline_policy WHERE principal = ?1 AND name = ?2"
        }
    }
}

extension SQLiteTransaction {
    func inlinePolicies(of principal: IAMPrincipal) throws(APIError) -> [InlinePolicy] {
        try translatingErrors { try inlinePolicies(ofPrincipal: principal.id) }
    }

    func inlinePolicies(ofPrincipal id: Int64) throws(SQLiteError) -> [InlinePolicy] {
        let rows = try statement(IAMInlinePolicyTable.ofPrincipal)
        try rows.bind(1, id)
        var policies: [InlinePolicy] = []
        while try rows.step() {
            policies.append(InlinePolicy(name: rows.text(.name), document: rows.text(.document)))
        }
        return policies
    }

    func setInlinePolicy(
        _ document: String?,
        named name: String,
        of principal: IAMPrincipal
    ) throws(APIError) {
        try translatingErrors {
            guard let document else {
                let deletion = try statement(IAMInlinePolicyTable.delete)
                try deletion.bind(1, principal.id)
                try deletion.bind(2, name)
                return try deletion.run()
            }
            let change = try statement(IAMInlinePolicyTable.set)
            try change.bind(.principal, principal.id)
            try change.bind(.name, name)
            try change.bind(.document, document)
            try change.run()
        }
    }
}
