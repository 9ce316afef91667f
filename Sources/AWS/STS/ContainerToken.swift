internal import JSON
package import Notation

/// What lets a program ask for the credentials of a role: the token of the endpoint that ECS has for
/// its tasks.
///
/// All of it is in its text, sealed as a session is: the vault keeps none. The role is named and not
/// numbered, so that the token outlives a reset that makes the role anew.
///
/// [Task IAM role](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html)
package struct ContainerToken: Sendable, Equatable {
    /// The role's account.
    package let account: String
    package let roleName: String
    /// By the machine's clock: who holds the token is a program on it.
    package let expiresAt: Timestamp

    package init(account: String, roleName: String, expiresAt: Timestamp) {
        self.account = account
        self.roleName = roleName
        self.expiresAt = expiresAt
    }

    /// Reads a token as somebody sent it; nil for a text that is no such token of this vault.
    package init?(text: String, in vault: any VaultReading) throws(APIError) {
        guard let sealed = Base64.decode(text.utf8), let bytes = try vault.openSession(sealed),
            case .object(let object)? = try? JSONParser.parse(bytes)
        else { return nil }
        var members = Members(object)
        guard let role = try? members.string("container"),
            let account = try? members.string("account"),
            let end = try? members.long("to")
        else { return nil }
        self.init(
            account: account,
            roleName: role,
            expiresAt: Timestamp(milliseconds: end)
        )
    }

    /// The token, sealed by a vault.
    package func text(in vault: any VaultWriting) throws(APIError) -> String {
        var writer = JSONWriter(capacity: 128)
        writer.beginObject()
        // No session has this member, and this has no access key: neither passes for the other.
        writer.member("container", roleName)
        writer.member("account", account)
        writer.member("to", expiresAt.milliseconds)
        writer.endObject()
        return Base64.text(try vault.sealSession(writer.bytes))
    }
}
