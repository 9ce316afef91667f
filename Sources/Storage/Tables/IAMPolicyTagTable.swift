internal import AWS

/// The tags of customer managed policies.
enum IAMPolicyTagTable: Int, TagRows {
    case ofOwner, insert, deleteOfOwner

    typealias Columns = TagColumns

    static let table = Table.iamPolicyTag

    var sql: String {
        switch self {
        case .ofOwner:
            "SELECT \(Columns.list) FROM iam_policy_tag WHERE policy = ?1 ORDER BY position"
        case .insert:
            "INSERT INTO iam_policy_tag (policy, position, key, value) VALUES (?1, ?2, ?3, ?4)"
        case .deleteOfOwner: "DELETE FROM iam_policy_tag WHERE policy = ?1"
        }
    }
}

extension SQLiteTransaction {
    func tags(of policy: ManagedPolicy) throws(APIError) -> [Tag] {
        try translatingErrors { try tags(in: IAMPolicyTagTable.self, of: policy.id) }
    }

    func setTags(_ tags: [Tag], of policy: ManagedPolicy) throws(APIError) {
        try translatingErrors { try setTags(tags, in: IAMPolicyTagTable.self, of: policy.id) }
    }
}
