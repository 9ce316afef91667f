internal import AccessControl

/// What is accepted as a policy of IAM.
package enum IAMPolicyDocument {
    /// What is wrong with a policy that is to be stored; nil when nothing is.
    package static func fault(in text: String, isTrust: Bool) -> String? {
        do {
            _ = try PolicyParser.parse(text, as: isTrust ? .trust : .identity)
            return nil
        } catch {
            return error.detail
        }
    }

    /// Characters but for white space, which IAM does not count.
    static func size(of text: String) -> Int {
        text.utf8.reduce(0) { $0 + ([0x20, 0x09, 0x0A, 0x0D].contains($1) ? 0 : 1) }
    }

    /// Refuses what is no managed policy.
    static func checkManagedPolicy(_ text: String) throws(APIError) {
        try checkIdentityPolicy(text)
        guard size(of: text) <= 6_144 else { throw .policyTooLong("PolicySize", 6_144) }
    }

    /// Refuses what is no policy of a user, a role or a managed one.
    static func checkIdentityPolicy(_ text: String) throws(APIError) {
        do {
            _ = try PolicyParser.parse(text, as: .identity)
        } catch {
            throw .malformedIAMPolicy(error)
        }
    }

    /// Refuses what is no trust policy, or one that names somebody who is not there.
    static func checkTrustPolicy(_ text: String, _ vault: any VaultReading) throws(APIError) {
        let policy: PolicyDocument
        do {
            policy = try PolicyParser.parse(text, as: .trust)
        } catch {
            throw .malformedTrustPolicy(error)
        }
        guard size(of: text) <= 2_048 else { throw .policyTooLong("ACLSizePerRole", 2_048) }
        if let arn = try vault.unknownPrincipal(in: policy) { throw .noSuchPrincipalInPolicy(arn) }
    }
}

extension VaultReading {
    /// The first user or role that a policy names and that is not there, by its ARN.
    ///
    /// Those of accounts that this vault knows nothing of are taken as they are.
    func unknownPrincipal(in policy: PolicyDocument) throws(APIError) -> String? {
        for principal in policy.statements.flatMap({ $0.principals?.entries ?? [] }) {
            switch principal {
            case .user(let arn) where try isUnknown(arn, .user): return arn
            case .role(let arn) where try isUnknown(arn, .role): return arn
            default: continue
            }
        }
        return nil
    }

    private func isUnknown(_ arn: String, _ kind: IAMPrincipal.Kind) throws(APIError) -> Bool {
        if try principal(kind, arn: arn) != nil { return false }
        // The parser has seen to it that it is an ARN.
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return try hasPrincipals(in: String(parts[4]))
    }
}

/// A policy document as answers of IAM have it: escaped as in a URL.
func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        if SecretName.isAlphanumeric(byte) || "-._~".utf8.contains(byte) {
            bytes.append(byte)
        } else {
            bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
