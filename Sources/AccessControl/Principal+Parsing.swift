internal import Notation

extension Principal {
    /// The principal that an entry under `AWS` names; nil when it is none that a policy may name.
    ///
    /// `*` inside a name is refused as AWS refuses it: only a lone star is a wildcard here.
    package init?(aws text: String) {
        if text == "*" {
            self = .everyone
        } else if AccountID.isValid(text) {
            self = .account(text)
        } else if isUniqueID(text) {
            self = .uniqueID(text)
        } else if let principal = Self(arn: text) {
            self = principal
        } else {
            return nil
        }
    }

    /// The principal with this ARN; nil when it is not the ARN of an account, user, role or session.
    package init?(arn text: String) {
        guard let arn = ARN(text), Partition.isKnown(arn.partition), arn.region.isEmpty,
            AccountID.isValid(arn.account), arn.resource.utf8.allSatisfy(isNameByte)
        else { return nil }
        let path = arn.path
        guard path.allSatisfy({ !$0.isEmpty }) else { return nil }
        switch (arn.service, path.first, path.count) {
        case ("iam", "root", 1): self = .account(arn.account)
        case ("iam", "user", 2...): self = .user(text)
        case ("iam", "role", 2...): self = .role(text)
        case ("sts", "assumed-role", 3): self = .roleSession(text)
        case ("sts", "federated-user", 2): self = .federatedUser(text)
        default: return nil
        }
    }

    /// The service that an entry under `Service` names; nil when AWS has no such service.
    package init?(service text: String) {
        guard ServicePrincipals.contains(text) else { return nil }
        self = .service(text)
    }

    /// The identity provider that an entry under `Federated` names; nil when it cannot be one.
    package init?(federated text: String) {
        let isProvider =
            if let arn = ARN(text) {
                Partition.isKnown(arn.partition) && arn.service == "iam" && arn.region.isEmpty
                    && AccountID.isValid(arn.account)
                    && ["saml-provider/", "oidc-provider/"].contains { prefix in
                        arn.resource.hasPrefix(prefix)
                            && arn.resource.utf8.count > prefix.utf8.count
                    }
                    && !arn.resource.contains { $0 == "*" || $0 == "?" || $0 == "$" }
            } else {
                false
            }
        guard isProvider || webIdentityProviders.contains(text) else { return nil }
        self = .federated(text)
    }

    /// The account that an entry under `CanonicalUser` names; nil when it is no canonical user id.
    package init?(canonicalUser text: String) {
        guard text.utf8.count == 64,
            text.utf8.allSatisfy({ ASCII.isDigit($0) || (UInt8(ascii: "a")...102).contains($0) })
        else { return nil }
        self = .canonicalUser(text)
    }
}

/// The providers that need no ARN, because AWS knows them.
private let webIdentityProviders: Set<String> = [
    "accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com",
    "www.amazon.com",
]

/// Whether a text is a unique id of a user or a role.
///
/// See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids.
private func isUniqueID(_ text: String) -> Bool {
    (16...128).contains(text.utf8.count)
        && (text.hasPrefix("AIDA") || text.hasPrefix("AROA"))
        && text.utf8.allSatisfy { ASCII.isDigit($0) || (65...90).contains($0) }
}

/// Whether a byte can be part of a path or a name in IAM: letters, digits and `+=,.@-_/`.
private func isNameByte(_ byte: UInt8) -> Bool {
    ASCII.isAlphanumeric(byte) || "+=,.@-_/".utf8.contains(byte)
}
