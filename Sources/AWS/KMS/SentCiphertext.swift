internal import Notation

/// A ciphertext that a request wants opened, by the key that it names or the one that sealed it.
package struct SentCiphertext: Sendable {
    /// As sent; nil in a record too, which does not keep it.
    private let bytes: [UInt8]?
    private let ciphertext: Ciphertext?
    let reference: KeyReference
    let context: KMSEncryptionContext
    private let algorithm: String?
    /// Whether the request only asks if it would be permitted, with any ciphertext or none.
    private let isIgnored: Bool
    /// Of a request that names its source and its destination.
    private let isSource: Bool

    init(
        isSource: Bool = false,
        isDryRun: Bool,
        from members: inout Members
    ) throws(APIError) {
        let prefix = isSource ? "Source" : ""
        bytes = try members.sensitiveBlob("CiphertextBlob")
        ciphertext = bytes.flatMap { Ciphertext($0) }
        reference = KeyReference(
            keyID: try members.string("\(prefix)KeyId"),
            takesAliases: true
        )
        context = try KMSEncryptionContext("\(prefix)EncryptionContext", from: &members)
        algorithm = try members.string("\(prefix)EncryptionAlgorithm")
        let modifiers = try members.strings("DryRunModifiers") ?? []
        isIgnored = isDryRun && modifiers.contains("IGNORE_CIPHERTEXT")
        self.isSource = isSource
    }

    func constrain(_ constraints: inout Constraints) {
        if !isIgnored { constraints.require(bytes, at: "ciphertextBlob") }
        constraints.byteLength(of: bytes?.count, 1...6_144, at: "ciphertextBlob")
        let keyPath = isSource ? "sourceKeyId" : "keyId"
        if isIgnored { constraints.require(reference.keyID, at: keyPath) }
        constraints.optionalKeyID(reference.keyID, at: keyPath)
        constraints.encryptionAlgorithm(
            algorithm,
            at: isSource ? "sourceEncryptionAlgorithm" : "encryptionAlgorithm"
        )
    }

    /// What no key has sealed needs no permission: it opens for nobody.
    func permission(_ permission: Permission) -> [Permission] {
        if reference.keyID == nil, bytes != nil, ciphertext == nil { return [] }
        var permission = permission
        permission.set("kms:RequestAlias", reference.aliasName)
        permission.set(encryptionContext: context)
        permission.set("kms:EncryptionAlgorithm", algorithm ?? KMSKey.spec)
        return [permission]
    }

    /// The key that the request names, else the one that the ciphertext does.
    func locate(for caller: Caller, _ vault: any VaultReading) throws(APIError) -> KMSKey? {
        if reference.keyID != nil { return try reference.find(for: caller, vault) }
        guard let arn = ciphertext?.key, arn.scope.region == caller.scope.region else { return nil }
        return try vault.key(at: .id(arn.keyID, arn.scope))
    }

    func resource(
        _ key: KMSKey?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        let named = reference.keyID ?? ciphertext?.key.text
        return try KeyReference(keyID: named).resource(key, for: caller, vault)
    }

    func admit(_ key: KMSKey?, for caller: Caller) throws(APIError) {
        try self.key(key, for: caller).checkUsable(by: algorithm)
    }

    private func key(_ key: KMSKey?, for caller: Caller) throws(APIError) -> KMSKey {
        if reference.keyID != nil {
            let key = try reference.check(key, for: caller)
            if let ciphertext, ciphertext.key != key.arn { throw .incorrectKey }
            if ciphertext == nil, !isIgnored { throw .invalidCiphertext }
            return key
        }
        guard ciphertext != nil else { throw .invalidCiphertext }
        guard let key, key.state != .deleted else { throw .keyOfCiphertextNotReachable }
        return key
    }

    /// What was sealed, and with which material.
    ///
    /// - Parameters:
    ///   - key: the one that was admitted.
    ///   - vault: the vault.
    /// - Returns: nil for a ciphertext that does not matter.
    /// - Throws: InvalidCiphertextException for what the key did not seal under this context.
    func open(
        under key: KMSKey,
        _ vault: any VaultReading
    ) throws(APIError) -> (plaintext: [UInt8], materialID: String)? {
        if isIgnored { return nil }
        guard let ciphertext,
            let material = try vault.materials(of: key).material(ciphertext.materialID),
            let plaintext = try vault.open(
                ciphertext.box,
                under: material,
                of: key,
                boundTo: context
            )
        else { throw .invalidCiphertext }
        return (plaintext, material.id)
    }
}
