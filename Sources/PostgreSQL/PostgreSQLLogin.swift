/// Who logs in to which database, and how the way there is protected.
package struct PostgreSQLLogin: Sendable {
    let host: String
    let port: Int
    let database: String
    let user: String
    let password: String
    let security: TransportSecurity

    /// - Parameters:
    ///   - host: a name or an address, or the folder of a socket when it begins with a slash.
    ///   - port: from 1 to 65535.
    ///   - database: its name.
    ///   - user: the role.
    ///   - password: not empty: libpq would look for one elsewhere.
    ///   - security: whether TLS is used.
    package init(
        host: String,
        port: Int,
        database: String,
        user: String,
        password: String,
        security: TransportSecurity
    ) {
        self.host = host
        self.port = port
        self.database = database
        self.user = user
        self.password = password
        self.security = security
    }

    /// How the way to the database is protected.
    package enum TransportSecurity: Sendable {
        /// With TLS when the database has it.
        case preferred
        /// With TLS, and a certificate of that host from an authority that libpq trusts.
        case verified
        case none
    }

    /// As libpq calls them.
    ///
    /// Whatever could come from its environment variables instead and lead elsewhere is said here.
    var parameters: [(name: String, value: String)] {
        let mode =
            switch security {
            case .preferred: "prefer"
            case .verified: "verify-full"
            case .none: "disable"
            }
        return [
            ("host", host), ("port", String(port)), ("dbname", database), ("user", user),
            ("password", password), ("sslmode", mode), ("gssencmode", "disable"),
            ("client_encoding", "UTF8"), ("application_name", "pocketvault"),
            ("options", "-c standard_conforming_strings=on"),
        ]
    }
}
