internal import AWS
internal import Notation

/// The versions of customer managed policies.
enum IAMPolicyVersionTable: Int, StatementList {
    case ofPolicy, byDefault, insert, delete

    enum Columns: Int, RowColumns {
        case number, document, createdAt, policy
    }

    static let table = Table.iamPolicyVersion

    var sql: String {
        switch self {
        case .ofPolicy:
            """
            SELECT \(Columns.list) FROM iam_policy_version
            WHERE policy = ?1 ORDER BY number DESC
            """
        case .byDefault:
            """
            SELECT \(Columns.list(of: "v")) FROM iam_policy AS p
            JOIN iam_policy_version AS v ON v.policy = p.id AND v.number = p.default_version
            WHERE p.arn = ?1
            """
        case .insert: "INSERT INTO iam_policy_version \(Columns.values())"
        case .delete: "DELETE FROM iam_policy_version WHERE policy = ?1 AND number = ?2"
        }
    }
}

extension SQLiteTransaction {
    func versions(of policy: ManagedPolicy) throws(APIError) -> [ManagedPolicyVersion] {
        try translatingErrors {
            let rows = try statement(IAMPolicyVersionTable.ofPolicy)
            try rows.bind(1, policy.id)
            var versions: [ManagedPolicyVersion] = []
            while try rows.step() {
                versions.append(
                    ManagedPolicyVersion(
                        number: rows.integer(.number),
                        document: rows.text(.document),
                        createdAt: rows.timestamp(.createdAt)
                    )
                )
            }
            return versions
        }
    }

    func policyDocument(arn: String) throws(APIError) -> String? {
        if let policy = AWSManagedPolicy(arn: arn) { return policy.document }
        return try translatingErrors {
            let row = try statement(IAMPolicyVersionTable.byDefault)
            try row.bind(1, arn)
            return try row.step() ? row.text(.document) : nil
        }
    }

    func insertVersion(
        _ version: ManagedPolicyVersion,
        of policy: ManagedPolicy
    ) throws(APIError) {
        try translatingErrors {
            let insertion = try statement(IAMPolicyVersionTable.insert)
            try insertion.bind(.policy, policy.id)
            try insertion.bind(.number, version.number)
            try insertion.bind(.document, version.document)
            try insertion.bind(.createdAt, version.createdAt)
            try insertion.run()
        }
    }

    func deleteVersion(_ number: Int64, of policy: ManagedPolicy) throws(APIError) {
        try translatingErrors {
            let deletion = try statement(IAMPolicyVersionTable.delete)
            try deletion.bind(1, policy.id)
            try deletion.bind(2, number)
            try deletion.run()
        }
    }
}
