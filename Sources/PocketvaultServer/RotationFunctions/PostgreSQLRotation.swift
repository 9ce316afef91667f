internal import AWS
internal import Invocation
internal import PostgreSQL

/// What a rotation does in a PostgreSQL database, in the order and on the conditions of AWS's
/// rotation functions.
///
/// [Rotation function templates](https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html)
struct PostgreSQLRotation {
    let users: PostgreSQLUsers
    let versions: DatabaseVersions
    /// When the step must be done.
    let deadline: Deadline
    let cancellation: Cancellation

    /// Does the step again without harm when it was done before and nobody saw its end.
    func perform(_ step: Rotation.Step) throws(FunctionInvoker.Failure) {
        switch step {
        case .createSecret, .finishSecret: break
        case .setSecret:
            // It was set before.
            if try login(versions.pending) != nil { return }
            switch users {
            case .single: try changeOwnPassword()
            case .alternating: try changePasswordOfOther()
            }
        case .testSecret:
            guard let connection = try login(versions.pending) else {
                throw FunctionInvoker.Failure(reason: "no login with the pending version")
            }
            try asking("the pending version's role") { () throws(PostgreSQLError) in
                try connection.run("SELECT now()")
            }
        }
    }

    /// The role logs in with whatever password it has, and gives itself the pending one.
    private func changeOwnPassword() throws(FunctionInvoker.Failure) {
        let (pending, current) = (versions.pending, versions.current)
        try checkPlace(of: pending, isThatOf: current, "current", withUser: true)
        var connection = try login(current)
        if connection == nil, let previous = versions.previous {
            connection = try login(previous, like: current)
            if connection != nil {
                try checkPlace(of: pending, isThatOf: previous, "previous", withUser: true)
            }
        }
        guard let connection else {
            throw FunctionInvoker.Failure(
                reason: "no login with the pending, the current or the previous version"
            )
        }
        try asking("the role") { () throws(PostgreSQLError) in
            try setPassword(of: pending, "ALTER ROLE", connection)
        }
    }

    /// Another role gives the pending one its password, and makes it first when it is not there: a
    /// member of the current one, with all its privileges.
    private func changePasswordOfOther() throws(FunctionInvoker.Failure) {
        let (pending, current) = (versions.pending, versions.current)
        try checkPlace(of: pending, isThatOf: current, "current", withUser: false)
        guard try current.otherUsername() == pending.username else {
            throw FunctionInvoker.Failure(reason: "the user is not the current one's other")
        }
        guard try login(current) != nil else {
            throw FunctionInvoker.Failure(reason: "no login with the current version")
        }
        guard let master = versions.master else {
            throw FunctionInvoker.Failure(reason: "the value has no member masterarn")
        }
        try checkPlace(of: master, isThatOf: current, "current", withUser: false)
        guard let connection = try login(master, like: current) else {
            throw FunctionInvoker.Failure(reason: "no login with the secret in masterarn")
        }
        try asking("the role of the secret in masterarn") { () throws(PostgreSQLError) in
            let isThere = try connection.run(
                "SELECT 1 FROM pg_roles WHERE rolname = $1",
                [pending.username]
            )
            guard isThere.isEmpty else {
                return try setPassword(of: pending, "ALTER ROLE", connection)
            }
            // Both or none: a role without its privileges would be taken for a finished one.
            try connection.run("BEGIN")
            try setPassword(of: pending, "CREATE ROLE", connection)
            let role = try connection.quoted(name: current.username)
            let member = try connection.quoted(name: pending.username)
            try connection.run("GRANT \(role) TO \(member)")
            try connection.run("COMMIT")
        }
    }

    private func setPassword(
        of secret: DatabaseSecret,
        _ verb: String,
        _ connection: PostgreSQLConnection
    ) throws(PostgreSQLError) {
        let role = try connection.quoted(name: secret.username)
        let verifier = try connection.quoted(
            text: connection.verifier(of: secret.password, for: secret.username)
        )
        let attributes = verb == "CREATE ROLE" ? "LOGIN PASSWORD" : "PASSWORD"
        try connection.run("\(verb) \(role) WITH \(attributes) \(verifier)")
    }

    private func checkPlace(
        of secret: DatabaseSecret,
        isThatOf other: DatabaseSecret,
        _ name: String,
        withUser: Bool
    ) throws(FunctionInvoker.Failure) {
        guard secret.host == other.host else {
            throw FunctionInvoker.Failure(reason: "the host is not that of the \(name) version")
        }
        guard !withUser || secret.username == other.username else {
            throw FunctionInvoker.Failure(reason: "the user is not that of the \(name) version")
        }
    }

    /// Nil when there is no connection, for whatever reason that another password may not have.
    private func login(
        _ secret: DatabaseSecret,
        like other: DatabaseSecret? = nil
    ) throws(FunctionInvoker.Failure) -> PostgreSQLConnection? {
        do throws(PostgreSQLError) {
            return try PostgreSQLConnection(
                secret.login(like: other),
                by: deadline,
                until: cancellation
            )
        } catch {
            guard error == .loginRefused || error == .unusableText else {
                throw failure(error, "")
            }
            return nil
        }
    }

    private func asking(
        _ role: String,
        _ body: () throws(PostgreSQLError) -> Void
    ) throws(FunctionInvoker.Failure) {
        do throws(PostgreSQLError) {
            try body()
        } catch {
            throw failure(error, " to \(role)")
        }
    }

    private func failure(_ error: PostgreSQLError, _ role: String) -> FunctionInvoker.Failure {
        FunctionInvoker.Failure(reason: "\(error)\(role)", isCancelled: error == .cancelled)
    }
}
