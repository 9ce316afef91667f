internal import AWS

/// The tags of users and roles.
enum IAMPrincipalTagTable: Int, TagRows {
    case ofOwner, insert, deleteOfOwner

    typealias Columns = TagColumns

    static let table = Table.iamPrincipalTag

    var sql: String {
        switch self {
        case .ofOwner:
            "SELECT \(Columns.list) FROM iam_principal_tag WHERE principal = ?1 ORDER BY position"
        case .insert:
            "INSERT INTO iam_principal_tag (principal, position, key, value) VALUES (?1, ?2, ?3, ?4)"
        case .deleteOfOwner: "DELETE FROM iam_principal_tag WHERE principal = ?1"
        }
    }
}

extension SQLiteTransaction {
    func tags(of principal: IAMPrincipal) throws(APIError) -> [Tag] {
        try translatingErrors { try tags(in: IAMPrincipalTagTable.self, of: principal.id) }
    }

    func setTags(_ tags: [Tag], of principal: IAMPrincipal) throws(APIError) {
        try translatingErrors {
            try setTags(tags, in: IAMPrincipalTagTable.self, of: principal.id)
        }
    }
}
