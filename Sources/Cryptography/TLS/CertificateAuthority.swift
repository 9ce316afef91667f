internal import COpenSSL

/// Who says of servers that they are who they claim to be: a certificate that clients trust, and its key.
package struct CertificateAuthority: Sendable {
    /// What a certificate says a server may be called.
    package enum Name: Sendable, Hashable {
        /// A name, or `*.` and a name for all those one label below it.
        case host(String)
        /// An address of IPv4 or IPv6.
        case address(String)
    }

    /// What clients are to trust.
    package let certificate: Certificate
    package let key: PrivateKey

    /// An authority that was made before.
    ///
    /// - Throws: `otherKey` or `noAuthority`.
    package init(_ certificate: Certificate, key: PrivateKey) throws(TLSError) {
        guard certificate.isOf(key) else { throw .otherKey }
        guard certificate.isAuthority else { throw .noAuthority }
        self.certificate = certificate
        self.key = key
    }

    /// A new authority, with a key of its own.
    ///
    /// - Parameters:
    ///   - name: as those see it who look at the certificate.
    ///   - seconds: the time, as Unix has it.
    ///   - days: how long it is good.
    /// - Returns: the authority.
    /// - Throws: when OpenSSL fails.
    package static func make(
        called name: String,
        at seconds: Int64,
        days: Int64
    ) throws(TLSError) -> CertificateAuthority {
        let key = try PrivateKey.make()
        let draft = try CertificateDraft(for: key, called: name, at: seconds, days: days)
        try draft.add(NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        try draft.add(NID_key_usage, "critical,keyCertSign,cRLSign")
        try draft.add(NID_subject_key_identifier, "hash")
        return try CertificateAuthority(try draft.signed(by: key), key: key)
    }

    /// Says of a new key that it is that of a server of these names.
    ///
    /// - Parameters:
    ///   - names: of the server.
    ///   - seconds: the time, as Unix has it.
    ///   - days: how long it is good.
    /// - Returns: the certificate, and its key.
    /// - Throws: `noName`, or when OpenSSL fails.
    package func identity(
        of names: [Name],
        at seconds: Int64,
        days: Int64
    ) throws(TLSError) -> ServerIdentity {
        let key = try PrivateKey.make()
        let draft = try CertificateDraft(
            for: key,
            called: "Pocketvault",
            at: seconds,
            days: days,
            issuer: certificate
        )
        try draft.add(NID_basic_constraints, "critical,CA:FALSE")
        try draft.add(NID_key_usage, "critical,digitalSignature")
        try draft.add(NID_ext_key_usage, "serverAuth")
        try draft.add(NID_subject_key_identifier, "hash")
        try draft.add(NID_authority_key_identifier, "keyid:always")
        var texts: [String] = []
        for name in names { texts.append(try name.text) }
        try draft.add(NID_subject_alt_name, texts.joined(separator: ","))
        return try ServerIdentity([try draft.signed(by: self.key)], key: key)
    }
}

extension CertificateAuthority.Name {
    /// As OpenSSL reads it; no other character gets there, since commas part names.
    fileprivate var text: String {
        get throws(TLSError) {
            let (kind, name) =
                switch self {
                case .host(let name): ("DNS", name)
                case .address(let address): ("IP", address)
                }
            let isPlain = name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: ":"),
                    UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "*"):
                    true
                default: false
                }
            }
            guard isPlain, !name.isEmpty else { throw .noName(name) }
            return "\(kind):\(name)"
        }
    }
}
