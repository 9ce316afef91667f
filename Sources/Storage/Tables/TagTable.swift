internal import AWS

/// The tags of secrets.
enum TagTable: Int, TagRows {
    case ofOwner, insert, deleteOfOwner

    typealias Columns = TagColumns

    static let table = Table.tag

    var sql: String {
        switch self {
        case .ofOwner: "SELECT \(Columns.list) FROM tag WHERE secret_id = ?1 ORDER BY position"
        case .insert: "INSERT INTO tag (secret_id, position, key, value) VALUES (?1, ?2, ?3, ?4)"
        case .deleteOfOwner: "DELETE FROM tag WHERE secret_id = ?1"
        }
    }
}

extension SQLiteTransaction {
    func tags(of secret: Secret) throws(APIError) -> [Tag] {
        try translatingErrors { try tags(in: TagTable.self, of: secret.id) }
    }

    func setTags(_ tags: [Tag], of secret: Secret) throws(APIError) {
        try translatingErrors {
            try setTags(tags, in: TagTable.self, of: secret.id)
            if !tags.isEmpty { try run(SecretTable.noteTagged, secret.id) }
        }
    }
}
