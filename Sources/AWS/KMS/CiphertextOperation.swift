/// An operation that opens a ciphertext, by the key that the request names or the one that sealed it,
/// and for callers of any account.
package protocol CiphertextOperation: ReadOperation where API == KMSAction, Subject == KMSKey {
    /// The ciphertext, and what the request says about its key.
    var source: SentCiphertext { get }
}

extension CiphertextOperation {
    package var subjectID: String? { source.reference.keyID }

    package func locate(
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> KMSKey? {
        try source.locate(for: caller, vault)
    }

    package func resource(
        _ key: KMSKey?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        try source.resource(key, for: caller, vault)
    }

    package func admit(_ key: KMSKey?, for caller: Caller) throws(APIError) {
        try source.admit(key, for: caller)
    }

    package static func recordedResource(of key: KMSKey) -> RecordedResource? {
        key.recordedResource
    }
}
