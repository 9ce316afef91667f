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

    /// Refuses what is no policy of a user, a role or a managed one.
    static func checkIdentityPolicy(_ text: String) throws(APIError) {
        do {
            _ = try PolicyParser.parse(text, as: .identity)
        } catch {
            throw .malformedIAMPolicy(error)
        }
    }

    /// Refuses what is no trust policy, or one that names somebody who is not there.
    ///
    /// Users and roles of accounts that this vault knows nothing of are taken as they are.
    static func checkTrustPolicy(_ text: String, _ vault: any VaultReading) throws(APIError) {
        let policy: PolicyDocument
        do {
            policy = try PolicyParser.parse(text, as: .trust)
        } catch {
            throw .malformedIAMPolicy(error)
        }
        for principal in policy.statements.flatMap({ $0.principals?.entries ?? [] }) {
            switch principal {
            case .user(let arn): try check(arn, .user, vault)
            case .role(let arn): try check(arn, .role, vault)
            default: continue
            }
        }
    }

    private static func check(
        _ arn: String,
        _ kind: IAMPrincipal.Kind,
        _ vault: any VaultReading
    ) throws(APIError) {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, let name = parts[5].split(separator: "/").last else { return }
        let account = String(parts[4])
        if try vault.principal(kind, named: String(name), in: account)?.arn == arn { return }
        guard try vault.hasPrincipals(in: account) else { return }
        throw .noSuchPrincipalInPolicy(arn)
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
