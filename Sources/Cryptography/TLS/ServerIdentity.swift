/// Who a server is: the certificates that say so, its own first, and its key.
package struct ServerIdentity: Sendable {
    package let certificates: [Certificate]
    let key: PrivateKey

    /// - Throws: `noCertificate`, or `otherKey` when the key is not that of the first one.
    package init(_ certificates: [Certificate], key: PrivateKey) throws(TLSError) {
        guard let own = certificates.first else { throw .noCertificate }
        guard own.isOf(key) else { throw .otherKey }
        self.certificates = certificates
        self.key = key
    }
}
