/// Who is meant: by a policy, or by a request as one of the caller's names.
///
/// See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html.
package enum Principal: Sendable, Hashable {
    /// `*`, everyone, those without credentials too.
    case everyone
    /// An account, which a policy names by its twelve digits or as `arn:aws:iam::ACCOUNT:root`.
    case account(String)
    /// A user, by its ARN.
    case user(String)
    /// A role, by its ARN.
    case role(String)
    /// A session of a role, by its ARN: `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`.
    case roleSession(String)
    /// A session from GetFederationToken, by its ARN.
    case federatedUser(String)
    /// A user or role by its unique id (`AIDA…`, `AROA…`), which AWS writes when its ARN is no more.
    case uniqueID(String)
    /// A service of AWS, such as `lambda.amazonaws.com`.
    case service(String)
    /// An identity provider, by its ARN or its domain.
    case federated(String)
    /// An account by its canonical user id, as S3 knows it.
    case canonicalUser(String)
}

extension Principal: CustomStringConvertible {
    /// The name as a policy would have it.
    package var description: String {
        switch self {
        case .everyone: "*"
        case .account(let text), .user(let text), .role(let text), .roleSession(let text),
            .federatedUser(let text), .uniqueID(let text), .service(let text),
            .federated(let text), .canonicalUser(let text):
            text
        }
    }
}
