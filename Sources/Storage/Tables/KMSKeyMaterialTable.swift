internal import AWS
internal import Cryptography
internal import Notation

/// The materials of KMS keys: which key-encryption keys they are, and since when.
enum KMSKeyMaterialTable: Int, StatementList {
    case ofKey, byID, unmade
    case insert, setKey, deleteOfKey

    enum Columns: Int, RowColumns {
        case kmsKey, number, materialID, rotationType, startedAt, endedAt, keyEncryptionKeyID
    }

    static let table = Table.kmsKeyMaterial

    var sql: String {
        switch self {
        case .ofKey:
            "SELECT \(Columns.list) FROM kms_key_material WHERE kms_key = ?1 ORDER BY number"
        case .byID:
            """
            SELECT \(Columns.list) FROM kms_key_material WHERE kms_key = ?1 AND material_id = ?2
            """
        case .unmade:
            """
            SELECT \(Columns.list) FROM kms_key_material
            WHERE key_encryption_key_id IS NULL AND kms_key > 0
            """
        case .insert: "INSERT INTO kms_key_material \(Columns.values())"
        case .setKey:
            """
            UPDATE kms_key_material SET key_encryption_key_id = ?3 WHERE kms_key = ?1 AND number = ?2
            """
        case .deleteOfKey: "DELETE FROM kms_key_material WHERE kms_key = ?1"
        }
    }
}

extension SQLiteTransaction {
    // MARK: Reading

    func materials(of key: KMSKey) throws(APIError) -> KeyMaterials {
        try translatingErrors {
            let rows = try statement(KMSKeyMaterialTable.ofKey)
            try rows.bind(1, key.id)
            var materials: [KMSKeyMaterial] = []
            while try rows.step() { materials.append(material(in: rows)) }
            return KeyMaterials(materials)
        }
    }

    private func material(
        in row: borrowing Statement<KMSKeyMaterialTable.Columns>
    ) -> KMSKeyMaterial {
        let kind = row.optionalText(.rotationType).flatMap(MaterialRotation.Kind.init)
        return KMSKeyMaterial(
            id: row.text(.materialID),
            rotation: kind.map { kind in
                MaterialRotation(
                    kind,
                    startedAt: row.timestamp(.startedAt),
                    endsAt: row.timestamp(.endedAt)
                )
            }
        )
    }

    /// The key-encryption key that a material is; nil when there is no such material.
    func keyEncryptionKeyID(
        of material: KMSKeyMaterial,
        of key: KMSKey
    ) throws(SQLiteError) -> Int64? {
        let row = try statement(KMSKeyMaterialTable.byID)
        try row.bind(1, key.id)
        try row.bind(2, material.id)
        return try row.step() ? row.optionalInteger(.keyEncryptionKeyID) : nil
    }

    // MARK: Writing

    func insertMaterial(
        of key: KMSKey,
        by rotation: MaterialRotation?
    ) throws(APIError) -> KMSKeyMaterial {
        try translatingErrors {
            let number = Int64(try materials(of: key).all.count + 1)
            let id = Hexadecimal.string(try SecureRandom.bytes(32))
            // What secrets are sealed under from the first day on has the key's own name.
            let name = KeyEncryptionKeyName(
                key.arn,
                rotatedMaterialID: rotation == nil ? nil : id
            )
            let sealing = try keyring.key(named: name, connection)
            let insertion = try statement(KMSKeyMaterialTable.insert)
            try insertion.bind(.kmsKey, key.id)
            try insertion.bind(.number, number)
            try insertion.bind(.materialID, id)
            try insertion.bind(.rotationType, rotation?.kind.rawValue)
            try insertion.bind(.startedAt, rotation?.startedAt)
            try insertion.bind(.endedAt, rotation?.endsAt)
            try insertion.bind(.keyEncryptionKeyID, sealing.id)
            try insertion.run()
            return KMSKeyMaterial(id: id, rotation: rotation)
        }
    }

    /// Overwrites all that a key ever sealed with.
    func destroyMaterials(of key: KMSKey) throws {
        var ids: [Int64] = []
        do {
            let rows = try statement(KMSKeyMaterialTable.ofKey)
            try rows.bind(1, key.id)
            while try rows.step() {
                if let id = rows.optionalInteger(.keyEncryptionKeyID) { ids.append(id) }
            }
        }
        for id in ids { try keyring.destroyKey(id: id, connection) }
        // A key without materials, of a vault of before, may have sealed secrets.
        try keyring.destroyKey(named: KeyEncryptionKeyName(key.arn), connection)
        try run(KMSKeyMaterialTable.deleteOfKey, key.id)
    }
}
