internal import Cryptography
internal import Notation

/// The key that wraps all key-encryption keys, and how a vault knows its own.
struct MasterKey {
    static let byteCount = 32

    let material: KeyMaterial

    init?(_ material: KeyMaterial) {
        guard material.byteCount == MasterKey.byteCount else { return nil }
        self.material = material
    }

    /// Reads 32 raw bytes, or their base64 with white space around it.
    init?(parsing contents: [UInt8]) {
        if contents.count == MasterKey.byteCount {
            material = KeyMaterial(bytes: contents)
            return
        }
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        let text = contents.drop(while: isSpace)
        let end = text.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? text.startIndex
        guard let bytes = Base64.decode(text[text.startIndex..<end]),
            bytes.count == MasterKey.byteCount
        else { return nil }
        material = KeyMaterial(bytes: bytes)
    }

    /// Derives the key from what a person remembers.
    init(
        _ passphrase: [UInt8],
        salt: [UInt8],
        _ cost: PassphraseCost
    ) throws(CryptographyError) {
        material = try Scrypt.deriveKey(
            passphrase: passphrase,
            salt: salt,
            N: Int(cost.N),
            r: Int(cost.r),
            p: Int(cost.p),
            byteCount: MasterKey.byteCount
        )
    }

    /// What is in the check value of a vault whose rows are sealed; before there was a seal it was empty.
    private static let rowsAreSealed: [UInt8] = [1]

    /// A box that only this key opens: what tells a wrong key at once.
    ///
    /// In it stands that the rows are sealed, so that nobody without the key can have the vault taken for
    /// one from before.
    func makeCheckValue() throws(CryptographyError) -> [UInt8] {
        try AESGCM.seal(
            MasterKey.rowsAreSealed,
            key: material,
            additionalData: EncryptionContext.masterKeyCheck.bytes
        )
    }

    func matches(_ checkValue: [UInt8]) -> Bool { opened(checkValue) != nil }

    /// Whether the vault of this check value has sealed rows; nil when it is another key's.
    func hasSealedRows(_ checkValue: [UInt8]) -> Bool? {
        opened(checkValue).map { $0 == MasterKey.rowsAreSealed }
    }

    private func opened(_ checkValue: [UInt8]) -> [UInt8]? {
        try? AESGCM.open(
            checkValue.span,
            key: material,
            additionalData: EncryptionContext.masterKeyCheck.bytes
        )
    }
}

/// The parameters of scrypt, kept beside the salt so that another default can come later.
struct PassphraseCost: Equatable {
    let N: Int64
    let r: Int64
    let p: Int64

    /// 128 MiB and about a third of a second, once at the start: OWASP's first choice for scrypt.
    static let recommended = PassphraseCost(N: 1 << 17, r: 8, p: 1)

    /// As the database keeps it: three numbers of eight bytes, most significant byte first.
    var bytes: [UInt8] {
        [N, r, p].flatMap { number in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
        }
    }

    init(N: Int64, r: Int64, p: Int64) {
        self.N = N
        self.r = r
        self.p = p
    }

    init?(bytes: [UInt8]) {
        guard bytes.count == 24 else { return nil }
        let numbers = stride(from: 0, to: 24, by: 8).map { start in
            bytes[start..<start + 8].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        }
        self.init(N: numbers[0], r: numbers[1], p: numbers[2])
    }
}
