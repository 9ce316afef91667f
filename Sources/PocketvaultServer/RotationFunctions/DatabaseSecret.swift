internal import AWS
internal import JSON
internal import PostgreSQL

/// What the secret of a database holds.
///
/// [JSON structure](https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html)
/// The members and their defaults are those that AWS's rotation functions insist on.
struct DatabaseSecret: Sendable {
    private let members: JSONObject
    let host: String
    let username: String
    let password: String
    private let port: Int
    /// Nil for `postgres`.
    private let database: String?
    private let security: PostgreSQLLogin.TransportSecurity

    /// - Throws: which member is missing or wrong; never what it holds.
    init(_ value: SecretValue?) throws(FunctionInvoker.Failure) {
        guard case .object(let members)? = value?.json else {
            throw FunctionInvoker.Failure(reason: "the value is no JSON object")
        }
        guard ["postgres", "aurora-postgresql"].contains(members.text("engine")) else {
            throw FunctionInvoker.Failure(
                reason: "the member engine must be postgres for a built-in rotation of PostgreSQL"
            )
        }
        self.members = members
        host = try members.required("host")
        username = try members.required("username")
        password = try members.required("password")
        port = try DatabaseSecret.port(in: members)
        database = members.text("dbname")
        security = DatabaseSecret.security(in: members)
    }

    /// Where the secret is whose role may change passwords of others.
    func masterARN() throws(FunctionInvoker.Failure) -> String {
        try members.required("masterarn")
    }

    /// The value of the next version.
    func next(
        for users: PostgreSQLUsers,
        password: String
    ) throws(FunctionInvoker.Failure) -> SecretValue {
        switch users {
        case .single: return SecretValue(members.replacing(["password": password]))
        case .alternating:
            let next = ["username": try otherUsername(), "password": password]
            return SecretValue(members.replacing(next))
        }
    }

    /// How its role logs in; to the database of another secret, and as protected, when one is given.
    func login(like other: DatabaseSecret? = nil) -> PostgreSQLLogin {
        PostgreSQLLogin(
            host: host,
            port: port,
            database: (other ?? self).database ?? "postgres",
            user: username,
            password: password,
            security: (other ?? self).security
        )
    }

    private static let cloneSuffix = "_clone"
    /// PostgreSQL cuts off what is longer.
    private static let maximumNameLength = 63

    /// The role that takes turns with this one.
    func otherUsername() throws(FunctionInvoker.Failure) -> String {
        if username.hasSuffix(DatabaseSecret.cloneSuffix) {
            return String(username.dropLast(DatabaseSecret.cloneSuffix.count))
        }
        let other = username + DatabaseSecret.cloneSuffix
        guard other.utf8.count <= DatabaseSecret.maximumNameLength else {
            throw FunctionInvoker.Failure(
                reason: "the username with _clone is longer than 63 characters"
            )
        }
        return other
    }

    private static func port(in members: JSONObject) throws(FunctionInvoker.Failure) -> Int {
        let port: Int?
        switch members["port"] {
        case nil: port = 5432
        case .number(let number): port = number.int64.map(Int.init)
        case .string(let text): port = Int(text)
        default: port = nil
        }
        guard let port, (1...65_535).contains(port) else {
            throw FunctionInvoker.Failure(reason: "the member port must be a number")
        }
        return port
    }

    private static func security(in members: JSONObject) -> PostgreSQLLogin.TransportSecurity {
        switch members["ssl"] {
        case .bool(let flag): flag ? .verified : .none
        case .string(let text) where text.lowercased() == "true": .verified
        case .string(let text) where text.lowercased() == "false": .none
        default: .preferred
        }
    }
}

extension JSONObject {
    fileprivate func required(_ name: String) throws(FunctionInvoker.Failure) -> String {
        guard let text = text(name), !text.isEmpty else {
            throw FunctionInvoker.Failure(reason: "the value has no member \(name)")
        }
        return text
    }
}
