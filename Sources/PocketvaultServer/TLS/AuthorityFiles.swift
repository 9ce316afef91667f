internal import Cryptography
internal import Glibc
internal import System

/// An authority of one's own as it is kept: two files beside the vault.
struct AuthorityFiles {
    let certificate: String
    let key: String

    /// - Parameter database: the path of the vault's file.
    init(beside database: String) {
        certificate = Configuration.file("tls-ca.pem", beside: database)
        key = Configuration.file("tls-ca.key", beside: database)
    }

    /// The authority that is in the files; nil when there are none yet.
    func read(at seconds: Int64) throws(StartError) -> CertificateAuthority? {
        let isThere = (certificate: Files.exists(certificate), key: Files.exists(key))
        // A key alone is an authority that was not finished: nobody can trust it.
        guard isThere.certificate else { return nil }
        guard isThere.key else {
            throw StartError(
                description:
                    "\(certificate) is there and \(key) is not; put it back, or remove the one"
                    + " that is there to have both made anew"
            )
        }
        let texts = (
            certificate: try TLSFile.read(certificate),
            key: try TLSFile.read(key, isSecret: true)
        )
        let authority: CertificateAuthority
        do throws(TLSError) {
            authority = try CertificateAuthority(
                Certificate.all(pem: texts.certificate)[0],
                key: PrivateKey(pem: texts.key)
            )
        } catch {
            throw StartError(
                description: "\(certificate) and \(key) are no certificate authority: \(error)"
            )
        }
        guard !authority.certificate.hasEnded(at: seconds) else {
            throw StartError(
                description: "\(certificate) has ended; remove it and \(key) to have both made anew"
            )
        }
        return authority
    }

    /// Keeps an authority that was just made; the key first, for its own user alone.
    func write(_ authority: CertificateAuthority) throws(StartError) {
        let texts: (certificate: [UInt8], key: [UInt8])
        do throws(TLSError) {
            texts = (try authority.certificate.pem(), try authority.key.pem())
        } catch {
            throw StartError(description: "the certificate authority: \(error)")
        }
        if !Files.exists(certificate) {
            // Reads the text that it is given as a path, and no further.
            _ = unsafe unlink(key)
        }
        try WholeFile.make(key, texts.key, mode: 0o600)
        try WholeFile.make(certificate, texts.certificate, mode: 0o644)
    }
}
