internal import AWS
internal import Notation

/// A user, a role, a managed policy, or the root of an account, as a seed document describes it; what
/// is nil the document does not name.
struct SeedPrincipal: Sendable {
    /// What it is.
    enum Form: Sendable {
        case root
        case policy(document: String, description: String?)
        case user
        case role(trustPolicy: String, description: String?, maxSessionSeconds: Int64?)
    }

    /// An access key that somebody made up.
    struct Key: Sendable {
        let id: String
        let secret: String
        let isActive: Bool
        /// Where its id stands, for errors.
        let place: SeedPlace
    }

    /// A managed policy that a user or role is to have.
    struct PolicyReference: Sendable {
        /// The ARN, or the name of a policy of the account.
        let text: String
        /// Where it stands, for errors.
        let place: SeedPlace
    }

    let form: Form
    /// Empty for the root.
    let name: String
    let path: String?
    let scope: Scope
    /// By name, as they will be stored.
    var inlinePolicies: [InlinePolicy]?
    /// AWS's policies or the account's.
    var attachedPolicies: [PolicyReference]?
    var boundary: PolicyReference?
    var tags: [Tag]?
    var accessKeys: [Key] = []
    /// Where it stands, for errors.
    let place: SeedPlace

    var account: String { scope.account }

    /// What no two of them may have in common.
    var identifier: String {
        switch form {
        case .root: "\(account) root"
        case .policy: "\(account) policy \(name.lowercased())"
        case .user: "\(account) user \(name.lowercased())"
        case .role: "\(account) role \(name.lowercased())"
        }
    }
}
