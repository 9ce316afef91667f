/// An operation that makes a key for the caller's own use, and seals it under a key of KMS.
package protocol DataKeyOperation: CryptographicOperation {
    /// What kind of key the request wants.
    var dataKey: DataKey { get }
}

extension DataKeyOperation {
    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        dataKey.constrain(&constraints)
        use.constrain(&constraints)
        return constraints.violations
    }

    /// The new key, open and sealed.
    func made(
        for call: Call<KMSKey>,
        _ vault: any VaultReading
    ) throws(APIError) -> (plaintext: [UInt8], ciphertext: Ciphertext) {
        let key = try call.key
        guard !use.isDryRun else { throw .dryRun }
        let plaintext = try dataKey.made(in: vault)
        return (plaintext, try key.seal(plaintext, use.context, at: call.now, vault))
    }
}
