internal import AWS
internal import Cryptography
internal import Notation

/// What KMS keys seal and open for callers, under the materials that also protect secrets.
extension SQLiteTransaction {
    func seal(
        _ plaintext: [UInt8],
        under material: KMSKeyMaterial,
        of key: KMSKey,
        boundTo context: KMSEncryptionContext
    ) throws(APIError) -> [UInt8] {
        try translatingErrors {
            guard let id = try keyEncryptionKeyID(of: material, of: key) else {
                throw APIError.internalServiceError(cause: "no material of \(key.arn.text)")
            }
            return try AESGCM.seal(
                plaintext,
                key: try keyring.key(id: id, connection),
                additionalData: EncryptionContext.ciphertext(key.arn, material, context).bytes
            )
        }
    }

    func open(
        _ box: [UInt8],
        under material: KMSKeyMaterial,
        of key: KMSKey,
        boundTo context: KMSEncryptionContext
    ) throws(APIError) -> [UInt8]? {
        try translatingErrors {
            guard let id = try keyEncryptionKeyID(of: material, of: key) else { return nil }
            let sealing = try keyring.key(id: id, connection)
            do {
                return try AESGCM.open(
                    box.span,
                    key: sealing,
                    additionalData: EncryptionContext.ciphertext(key.arn, material, context).bytes
                )
            } catch CryptographyError.authenticationFailed {
                return nil
            }
        }
    }

    func randomBytes(_ count: Int) throws(APIError) -> [UInt8] {
        try translatingErrors { try SecureRandom.bytes(count) }
    }

    /// Makes the key-encryption keys of KMS keys that have sealed nothing yet, in a vault from before
    /// every key had its material from the beginning.
    func makeMissingMaterials() throws {
        guard try connection.integer(Self.missingMaterials) > 0 else { return }
        try makeMaterials()
    }

    private static let missingMaterials = """
        SELECT count(*) FROM kms_key_material WHERE key_encryption_key_id IS NULL
        """

    /// Makes those of the materials that have none.
    func makeMaterials() throws {
        var unmade: [(key: Int64, number: Int64, material: String, isFirst: Bool)] = []
        do {
            let rows = try statement(KMSKeyMaterialTable.unmade)
            while try rows.step() {
                unmade.append(
                    (
                        rows.integer(.kmsKey), rows.integer(.number), rows.text(.materialID),
                        rows.isNull(.rotationType)
                    )
                )
            }
        }
        for (id, number, material, isFirst) in unmade {
            guard let arn = try arn(ofKey: id) else { continue }
            let name = KeyEncryptionKeyName(arn, rotatedMaterialID: isFirst ? nil : material)
            let made = try keyring.key(named: name, connection)
            let change = try statement(KMSKeyMaterialTable.setKey)
            try change.bind(1, id)
            try change.bind(2, number)
            try change.bind(3, made.id)
            try change.run()
        }
    }
}
