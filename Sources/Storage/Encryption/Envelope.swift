internal import AWS
internal import Cryptography

/// A value sealed under a data key of its own, and that key wrapped by a key-encryption key.
struct Envelope {
    let keyEncryptionKeyID: Int64
    let wrappedDataKey: [UInt8]
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
        keyEncryptionKeyID = key.id
        kind = value.kind
        wrappedDataKey = try AESGCM.sealKey(
            dataKey,
            under: key.material,
            additionalData: context.bytes
        )
        sealedValue = try AESGCM.seal(
            value.bytes,
            key: dataKey,
            additionalData: context.asking(for: .value).bytes
        )
    }

    /// As it is stored.
    init(
        keyEncryptionKeyID: Int64,
        wrappedDataKey: [UInt8],
        kind: SecretValue.Kind,
        sealedValue: [UInt8]
    ) {
        self.keyEncryptionKeyID = keyEncryptionKeyID
        self.wrappedDataKey = wrappedDataKey
        self.kind = kind
        self.sealedValue = sealedValue
    }

    func open(
        secretARN: String,
        versionID: String,
        under key: KeyMaterial
    ) throws(CryptographyError) -> SecretValue {
        let context = EncryptionContext.dataKey(
            secretARN: secretARN,
            versionID: versionID,
            kind: UInt8(kind.rawValue)
        )
        let dataKey = try AESGCM.openKey(
            wrappedDataKey.span,
            under: key,
            additionalData: context.bytes
        )
        let bytes = try AESGCM.open(
            sealedValue.span,
            key: dataKey,
            additionalData: context.asking(for: .value).bytes
        )
        return SecretValue(kind: kind, bytes: bytes)
    }
}
