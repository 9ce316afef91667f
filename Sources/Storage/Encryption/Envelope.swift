internal import AWS
internal import Cryptography

/// A data key, wrapped by a key-encryption key.
struct WrappedDataKey {
    let keyEncryptionKeyID: Int64
    let bytes: [UInt8]

    init(keyEncryptionKeyID: Int64, bytes: [UInt8]) {
        self.keyEncryptionKeyID = keyEncryptionKeyID
        self.bytes = bytes
    }

    init(
        _ dataKey: KeyMaterial,
        under key: KeyEncryptionKey,
        _ context: EncryptionContext
    ) throws(CryptographyError) {
        keyEncryptionKeyID = key.id
        bytes = try AESGCM.sealKey(dataKey, under: key.material, additionalData: context.bytes)
    }

    func open(
        under key: KeyMaterial,
        _ context: EncryptionContext
    ) throws(CryptographyError) -> KeyMaterial {
        try AESGCM.openKey(bytes.span, under: key, additionalData: context.bytes)
    }
}

/// A value sealed under a data key of its own, and that key wrapped by key-encryption keys, each of
/// which opens it.
struct Envelope {
    /// By the key that it was sealed under.
    let dataKey: WrappedDataKey
    /// By those that came later, in their order.
    var furtherDataKeys: [WrappedDataKey] = []
    let kind: SecretValue.Kind
    let sealedValue: [UInt8]

    /// Seals `value` under a fresh data key.
    init(
        sealing value: SecretValue,
        secretARN: String,
        versionID: String,
        under key: KeyEncryptionKey
    ) throws(CryptographyError) {
        let context = EncryptionContext.dataKey(
            secretARN: secretARN,
            versionID: versionID,
            kind: UInt8(value.kind.rawValue)
        )
        let dataKey = try KeyMaterial.random()
        kind = value.kind
        self.dataKey = try WrappedDataKey(dataKey, under: key, context)
        sealedValue = try AESGCM.seal(
            value.bytes,
            key: dataKey,
            additionalData: context.asking(for: .value).bytes
        )
    }

    /// As it is stored.
    init(
        dataKey: WrappedDataKey,
        kind: SecretValue.Kind,
        sealedValue: [UInt8]
    ) {
        self.dataKey = dataKey
        self.kind = kind
        self.sealedValue = sealedValue
    }

    /// The data key as the key of this number wraps it, counted from the first.
    func dataKey(_ number: Int) -> WrappedDataKey {
        number == 0 ? dataKey : furtherDataKeys[number - 1]
    }

    /// Whether a key-encryption key opens it.
    func isUnder(_ keyEncryptionKeyID: Int64) -> Bool {
        dataKey.keyEncryptionKeyID == keyEncryptionKeyID
            || furtherDataKeys.contains { $0.keyEncryptionKeyID == keyEncryptionKeyID }
    }

    /// Opens the value with a data key that is open.
    ///
    /// - Parameters:
    ///   - dataKey: which a key-encryption key has opened.
    ///   - context: that of the data key.
    /// - Returns: the value.
    /// - Throws: as `AESGCM.open`.
    func open(
        with dataKey: KeyMaterial,
        _ context: consuming EncryptionContext
    ) throws(CryptographyError) -> SecretValue {
        let bytes = try AESGCM.open(
            sealedValue.span,
            key: dataKey,
            additionalData: context.asking(for: .value).bytes
        )
        return SecretValue(kind: kind, bytes: bytes)
    }

    /// What its data keys are bound to.
    func context(_ secretARN: String, _ versionID: String) -> EncryptionContext {
        .dataKey(secretARN: secretARN, versionID: versionID, kind: UInt8(kind.rawValue))
    }
}
