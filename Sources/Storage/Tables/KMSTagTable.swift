internal import AWS

/// The tags of KMS keys.
enum KMSTagTable: Int, TagRows {
    case ofOwner, insert, deleteOfOwner

    typealias Columns = TagColumns

    static let table = Table.kmsTag

    var sql: String {
        switch self {
        case .ofOwner: "SELECT \(Columns.list) FROM kms_tag WHERE kms_key = ?1 ORDER BY position"
        case .insert: "INSERT INTO kms_tag (kms_key, position, key, value) VALUES (?1, ?2, ?3, ?4)"
        case .deleteOfOwner: "DELETE FROM kms_tag WHERE kms_key = ?1"
        }
    }
}

extension SQLiteTransaction {
    func tags(of key: KMSKey) throws(APIError) -> [Tag] {
        try translatingErrors { try tags(in: KMSTagTable.self, of: key.id) }
    }

    func setTags(_ tags: [Tag], of key: KMSKey) throws(APIError) {
        try translatingErrors { try setTags(tags, in: KMSTagTable.self, of: key.id) }
    }
}
