internal import COpenSSL

/// A certificate that nobody has signed yet.
struct CertificateDraft {
    private let certificate: Certificate
    private let issuer: Certificate?

    /// - Parameters:
    ///   - key: whose certificate it is to be.
    ///   - name: of whom.
    ///   - seconds: from when it is good, but for a day that clocks may be apart.
    ///   - days: how long.
    ///   - issuer: who signs it; nil for its own key.
    /// - Throws: when OpenSSL fails.
    init(
        for key: PrivateKey,
        called name: String,
        at seconds: Int64,
        days: Int64,
        issuer: Certificate? = nil
    ) throws(TLSError) {
        guard let handle = X509_new() else { throw .fromLibrary() }
        certificate = Certificate(handle)
        self.issuer = issuer
        let day: Int64 = 86_400
        let subject = X509_get_subject_name(handle)
        guard
            // Two means version 3, which has extensions.
            X509_set_version(handle, 2) == 1,
            ASN1_INTEGER_set_uint64(X509_get_serialNumber(handle), try Self.serialNumber()) == 1,
            X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, name, -1, -1, 0) == 1,
            X509_set_issuer_name(
                handle,
                issuer.map { X509_get_subject_name($0.handle) } ?? subject
            ) == 1,
            ASN1_TIME_set(X509_getm_notBefore(handle), time_t(seconds - day)) != nil,
            ASN1_TIME_set(X509_getm_notAfter(handle), time_t(seconds + days * day)) != nil,
            X509_set_pubkey(handle, key.handle) == 1
        else { throw .fromLibrary() }
    }

    /// Positive, and never one that was before.
    private static func serialNumber() throws(TLSError) -> UInt64 {
        do throws(CryptographyError) {
            return try SecureRandom.bytes(8).reduce(0) { $0 << 8 | UInt64($1) } >> 1 | 1
        } catch {
            throw .library("\(error)")
        }
    }

    /// Adds an extension, in the notation of openssl.cnf.
    func add(_ kind: Int32, _ value: String) throws(TLSError) {
        let signer = issuer ?? certificate
        guard
            pocketvault_add_extension(certificate.handle, signer.handle, kind, value) == 1
        else { throw .fromLibrary() }
    }

    /// The certificate, to which nothing can be added any more.
    func signed(by key: PrivateKey) throws(TLSError) -> Certificate {
        guard X509_sign(certificate.handle, key.handle, EVP_sha256()) > 0 else {
            throw .fromLibrary()
        }
        return certificate
    }
}
