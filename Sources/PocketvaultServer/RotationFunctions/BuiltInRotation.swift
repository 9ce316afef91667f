internal import AWS
internal import Notation

/// A rotation function that needs no place to be.
///
/// Written as `builtin:NAME`, with the members of GetRandomPassword in a query:
/// `builtin:random-password?member=apiKey&PasswordLength=40`.
struct BuiltInRotation: Sendable, Equatable {
    let kind: Kind
    let password: PasswordRules

    enum Kind: Sendable, Equatable {
        /// A new random password, which nobody else is told of.
        ///
        /// The member of a JSON secret is replaced; nil for `password` in a JSON secret and for
        /// the whole value in any other.
        case randomPassword(member: String?)
        /// A role of a PostgreSQL database gets the password too.
        case postgreSQL(PostgreSQLUsers)
    }

    static let automatic = BuiltInRotation(.randomPassword(member: nil), .usual)

    init(_ kind: Kind, _ password: PasswordRules) {
        self.kind = kind
        self.password = password
    }

    /// - Parameter text: what follows `builtin:`.
    /// - Throws: what to write instead.
    init(parsing text: some StringProtocol) throws(RotationTargetError) {
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var fields = parts.count < 2 ? [] : FormFields(parts[1].utf8).fields
        switch parts[0] {
        case "random-password":
            let member = fields.last { $0.name == "member" }?.value
            fields.removeAll { $0.name == "member" }
            kind = .randomPassword(member: member)
        case "postgresql-single-user": kind = .postgreSQL(.single)
        case "postgresql-alternating-users": kind = .postgreSQL(.alternating)
        case let name:
            throw RotationTargetError(
                "there is no builtin:\(name), but builtin:random-password,"
                    + " builtin:postgresql-single-user and builtin:postgresql-alternating-users"
            )
        }
        if case .postgreSQL = kind, !fields.contains(where: { $0.name == "ExcludeCharacters" }) {
            // As AWS's functions have it: what a connection URL or a shell would trip over.
            fields.append((name: "ExcludeCharacters", value: #"/@"'\"#))
        }
        do throws(PasswordRules.Fault) {
            password = try PasswordRules(fields)
        } catch {
            throw RotationTargetError(error.message)
        }
    }
}

/// Whose password is changed.
enum PostgreSQLUsers: Sendable, Equatable {
    /// The secret's own role, which changes its password itself.
    case single
    /// Two roles in turn, the other one each time, so that the one that is in use keeps its
    /// password; the role of another secret changes it.
    case alternating
}
