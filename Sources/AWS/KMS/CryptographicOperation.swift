internal import Notation

/// An operation that seals something under the one key that its KeyId names, by any name of it and for
/// callers of any account.
package protocol CryptographicOperation: ReadOperation, KeyOperation {
    /// What the request says about the use of the key.
    var use: CryptographicMembers { get }
}

/// What requests for the use of a key have in common.
package struct CryptographicMembers: Sendable {
    let context: KMSEncryptionContext
    let algorithm: String?
    let grantTokens: GrantTokens
    let isDryRun: Bool

    init(from members: inout Members) throws(APIError) {
        context = try KMSEncryptionContext("EncryptionContext", from: &members)
        algorithm = try members.string("EncryptionAlgorithm")
        grantTokens = try GrantTokens(from: &members)
        isDryRun = try members.boolean("DryRun") ?? false
    }

    /// For an operation that has no choice of algorithms: other members of the name are nothing to it.
    init(ofDataKeyFrom members: inout Members) throws(APIError) {
        context = try KMSEncryptionContext("EncryptionContext", from: &members)
        algorithm = nil
        grantTokens = try GrantTokens(from: &members)
        isDryRun = try members.boolean("DryRun") ?? false
    }

    func constrain(_ constraints: inout Constraints) {
        grantTokens.constrain(&constraints)
        constraints.encryptionAlgorithm(algorithm, at: "encryptionAlgorithm")
    }
}

extension CryptographicOperation {
    package static var takesAliases: Bool { true }
    package static var servesOtherAccounts: Bool { true }

    package func permissions() -> [Permission] {
        var permission = keyPermission
        permission.set(encryptionContext: use.context)
        permission.set("kms:EncryptionAlgorithm", use.algorithm ?? KMSKey.spec)
        return [permission]
    }

    package func checkBeforeLookup() throws(APIError) { try use.grantTokens.check() }

    package func admit(_ key: KMSKey?, for caller: Caller) throws(APIError) {
        try reference.check(key, for: caller).checkUsable(by: use.algorithm)
    }

    package static func recordedResource(of key: KMSKey) -> RecordedResource? {
        key.recordedResource
    }
}

extension KMSKey {
    var recordedResource: RecordedResource { RecordedResource(arn: arn.text, scope: arn.scope) }

    /// Refuses a key that may not be used now, and a use that it is not for.
    func checkUsable(by algorithm: String?) throws(APIError) {
        try checkEnabled()
        if let algorithm, algorithm != KMSKey.spec { throw .algorithmUnfit(algorithm) }
    }

    /// Seals a text under the present material.
    func seal(
        _ plaintext: [UInt8],
        _ context: KMSEncryptionContext,
        at now: Timestamp,
        _ vault: any VaultReading
    ) throws(APIError) -> Ciphertext {
        guard let material = try vault.materials(of: self).current(at: now) else {
            throw .keyNotFound(arn)
        }
        let box = try vault.seal(plaintext, under: material, of: self, boundTo: context)
        return Ciphertext(of: self, material, box: box)
    }
}

extension Constraints {
    mutating func encryptionAlgorithm(_ value: String?, at path: String) {
        oneOf(
            value,
            [KMSKey.spec, "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"],
            at: path
        )
    }
}
