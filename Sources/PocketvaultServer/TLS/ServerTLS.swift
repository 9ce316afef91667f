internal import AWS
internal import Cryptography
internal import Glibc
internal import Notation
internal import Threads

/// TLS as a server offers it: with a certificate that its own authority signs, or with one that
/// somebody gave it.
///
/// The authority is good for ten years and kept; the certificate is made at each start, for ninety
/// days, and anew when a third of them is left.
final class ServerTLS: Sendable {
    /// What clients are to trust.
    struct Authority: Sendable {
        let pem: [UInt8]
        /// Where it is.
        let path: String
        /// Where it is together with what the system trusts.
        let bundlePath: String
    }

    private struct Current {
        var context: TLSContext
        /// When to make the next one, in seconds of Unix's time.
        var renewal: Int64
    }

    /// Nil with a certificate that somebody gave.
    let authority: Authority?
    private let current: Locked<Current>
    private let make: @Sendable (Int64) throws(TLSError) -> TLSContext
    private let now: @Sendable () -> Timestamp

    private static let authorityDays: Int64 = 3_650
    private static let certificateDays: Int64 = 90
    private static let renewalDays: Int64 = 60
    private static let day: Int64 = 86_400

    /// - Parameters:
    ///   - configuration: of the server, whose vault is open.
    ///   - temporaryFolder: of a vault in memory.
    ///   - now: the machine's time.
    /// - Returns: nil when nobody asked for TLS.
    /// - Throws: one line that says what is in the way.
    static func ready(
        for configuration: Configuration,
        _ temporaryFolder: String?,
        _ now: @escaping @Sendable () -> Timestamp
    ) throws(StartError) -> ServerTLS? {
        switch configuration.tls {
        case nil: return nil
        case .given(let certificate, let key):
            return try ServerTLS(certificate: certificate, key: key, now)
        case .ownAuthority(let names):
            let seconds = now().seconds
            let names = CertificateNames(configuration, and: names).all
            let database = temporaryFolder.map { "\($0)/vault.db" } ?? configuration.database
            let files = AuthorityFiles(beside: database)
            let authority = try ServerTLS.authority(
                in: files,
                isKept: temporaryFolder == nil,
                at: seconds
            )
            let bundle = TrustBundle(beside: database)
            do {
                let pem = try authority.certificate.pem()
                try bundle.write(pem)
                let told = Authority(
                    pem: pem,
                    path: absolute(files.certificate),
                    bundlePath: absolute(bundle.path)
                )
                return try ServerTLS(authority, told, for: names, now)
            } catch let error as StartError {
                throw error
            } catch {
                throw StartError(description: "no certificate could be made: \(error)")
            }
        }
    }

    /// The authority that is kept, or a new one; where none is kept only its certificate is in a file.
    private static func authority(
        in files: AuthorityFiles,
        isKept: Bool,
        at seconds: Int64
    ) throws(StartError) -> CertificateAuthority {
        if isKept, let known = try files.read(at: seconds) { return known }
        do {
            let authority = try CertificateAuthority.make(
                called: "Pocketvault, made on this machine",
                at: seconds,
                days: authorityDays
            )
            if isKept {
                try files.write(authority)
            } else {
                try WholeFile.make(files.certificate, authority.certificate.pem(), mode: 0o644)
            }
            return authority
        } catch let error as StartError {
            throw error
        } catch {
            throw StartError(description: "no certificate authority could be made: \(error)")
        }
    }

    private init(
        _ authority: CertificateAuthority,
        _ told: Authority,
        for names: [CertificateAuthority.Name],
        _ now: @escaping @Sendable () -> Timestamp
    ) throws(TLSError) {
        self.authority = told
        self.now = now
        make = { seconds throws(TLSError) in
            try TLSContext(
                authority.identity(of: names, at: seconds, days: ServerTLS.certificateDays)
            )
        }
        let seconds = now().seconds
        current = Locked(
            Current(
                context: try make(seconds),
                renewal: seconds + ServerTLS.renewalDays * ServerTLS.day
            )
        )
    }

    /// With a certificate that is not made here, and so stays as it is.
    private init(
        certificate: String,
        key: String,
        _ now: @escaping @Sendable () -> Timestamp
    ) throws(StartError) {
        let texts = (
            certificate: try TLSFile.read(certificate), key: try TLSFile.read(key)
        )
        let context: TLSContext
        let certificates: [Certificate]
        do throws(TLSError) {
            certificates = try Certificate.all(pem: texts.certificate)
            context = try TLSContext(
                ServerIdentity(certificates, key: PrivateKey(pem: texts.key))
            )
        } catch {
            throw StartError(description: "\(certificate) and \(key) cannot be used: \(error)")
        }
        guard !certificates[0].hasEnded(at: now().seconds) else {
            throw StartError(description: "\(certificate) has ended; no client would take it")
        }
        authority = nil
        self.now = now
        make = { _ in context }
        current = Locked(Current(context: context, renewal: .max))
    }

    /// What the next client is spoken to by.
    func context() -> TLSContext {
        let seconds = now().seconds
        return current.withLock { current in
            // What fails leaves the certificate that there is, which is good for another month.
            if seconds >= current.renewal, let next = try? make(seconds) {
                current = Current(
                    context: next,
                    renewal: seconds + ServerTLS.renewalDays * ServerTLS.day
                )
            }
            return current.context
        }
    }

    /// The path as it is from everywhere.
    private static func absolute(_ path: String) -> String {
        // Reads the text that it is given as a path; what it allocates is freed below.
        guard let resolved = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}

extension Timestamp {
    /// Seconds since the Unix epoch.
    fileprivate var seconds: Int64 { milliseconds / 1_000 }
}
