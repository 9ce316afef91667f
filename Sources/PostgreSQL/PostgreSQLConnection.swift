internal import CPostgreSQL
internal import Glibc
package import Invocation

/// A connection to a PostgreSQL database, for the thread that opened it; closed when it is let go.
///
/// Nothing blocks for longer than a moment, so that a stopping server need not wait; but a host
/// name is looked up by the system, as long as that takes.
package final class PostgreSQLConnection {
    private let library: LibPQ
    private let connection: OpaquePointer
    private let deadline: Deadline
    private let cancellation: Cancellation

    /// Logs in.
    ///
    /// - Parameters:
    ///   - login: who, and where.
    ///   - deadline: when everything must be done that is asked of the connection; the login may
    ///     take five seconds of it.
    ///   - cancellation: says when nobody waits any more.
    /// - Throws: why there is no connection.
    package init(
        _ login: PostgreSQLLogin,
        by deadline: Deadline,
        until cancellation: Cancellation
    ) throws(PostgreSQLError) {
        guard let library = LibPQ.shared else { throw .libraryMissing }
        guard login.parameters.allSatisfy({ !$0.value.utf8.contains(0) }) else {
            throw .unusableText
        }
        guard let connection = PostgreSQLConnection.start(login, library) else {
            throw .unreachable
        }
        self.library = library
        self.connection = connection
        self.deadline = deadline
        self.cancellation = cancellation
        library.beQuiet(connection)
        try connect(by: deadline.orSooner(Deadline(afterMilliseconds: 5_000)))
    }

    deinit {
        library.functions.finish(connection)
    }

    private static func start(_ login: PostgreSQLLogin, _ library: LibPQ) -> OpaquePointer? {
        let names = login.parameters.map { CText($0.name) }
        let values = login.parameters.map { CText($0.value) }
        // libpq copies them.
        return withExtendedLifetime((names, values)) {
            library.functions.connect_start(
                names.map { $0.pointer } + [nil],
                values.map { $0.pointer } + [nil],
                0
            )
        }
    }

    private func connect(by deadline: Deadline) throws(PostgreSQLError) {
        // As libpq wants it: before the first poll its socket must have become writable.
        var toWrite = true
        var wasReached = false
        while true {
            try wait(until: deadline, toWrite: toWrite)
            switch Int(library.functions.connect_poll(connection)) {
            case POCKETVAULT_PQ_POLLING_OK: return
            case POCKETVAULT_PQ_POLLING_READING: toWrite = false
            case POCKETVAULT_PQ_POLLING_WRITING: toWrite = true
            default: throw wasReached ? .loginRefused : .unreachable
            }
            let status = Int(library.functions.status(connection))
            wasReached = wasReached || status == POCKETVAULT_PQ_CONNECTION_AWAITING_RESPONSE
        }
    }

    /// Runs one statement.
    ///
    /// - Parameters:
    ///   - statement: SQL in which `$1` stands for the first value.
    ///   - values: texts that stand for themselves, whatever they hold.
    /// - Returns: the first column of each row.
    /// - Throws: what the database says to it.
    @discardableResult
    package func run(
        _ statement: String,
        _ values: [String] = []
    ) throws(PostgreSQLError) -> [String] {
        guard !values.contains(where: { $0.utf8.contains(0) }), !statement.utf8.contains(0) else {
            throw .unusableText
        }
        let texts = values.map { CText($0) }
        let wasSent = withExtendedLifetime(texts) {
            library.functions.send_query(
                connection,
                statement,
                Int32(texts.count),
                nil,
                texts.map { $0.pointer },
                nil,
                nil,
                0
            )
        }
        guard wasSent == 1 else { throw .unreachable }
        var rows: [String] = []
        var failure: PostgreSQLError?
        while let result = try nextResult() {
            defer { library.functions.clear(result) }
            switch Int(library.functions.result_status(result)) {
            case POCKETVAULT_PQ_COMMAND_OK: break
            case POCKETVAULT_PQ_TUPLES_OK:
                rows += (0..<library.functions.row_count(result)).map { row in
                    library.functions.value(result, row, 0).map { String(cString: $0) } ?? ""
                }
            default: failure = self.failure(in: result)
            }
        }
        if let failure { throw failure }
        return rows
    }

    /// Waits for what the database says next; nil when the statement is done.
    private func nextResult() throws(PostgreSQLError) -> OpaquePointer? {
        while library.functions.is_busy(connection) == 1 {
            try wait(until: deadline)
            guard library.functions.consume_input(connection) == 1 else { throw .unreachable }
        }
        return library.functions.get_result(connection)
    }

    private func failure(in result: OpaquePointer) -> PostgreSQLError {
        let field = Int32(POCKETVAULT_PQ_SQLSTATE)
        // Without one the connection is lost.
        guard let state = library.functions.error_field(result, field) else { return .unreachable }
        return .statementRefused(sqlState: String(cString: state))
    }

    private func wait(
        until deadline: Deadline,
        toWrite: Bool = false
    ) throws(PostgreSQLError) {
        repeat {
            guard !cancellation.isCancelled else { throw .cancelled }
            guard !deadline.hasPassed else { throw .timedOut }
        } while !library.canGoOn(connection, toWrite: toWrite)
    }

    // MARK: What a statement may hold

    /// A name as SQL writes it, between quotes.
    package func quoted(name: String) throws(PostgreSQLError) -> String {
        try usable(name)
        let text = library.functions.escape_identifier(connection, name, name.utf8.count)
        return try made(text)
    }

    /// A text as SQL writes it, between quotes.
    package func quoted(text: String) throws(PostgreSQLError) -> String {
        try usable(text)
        return try made(library.functions.escape_literal(connection, text, text.utf8.count))
    }

    /// What the database stores of a password, in the form that it is set up for.
    ///
    /// The password itself would be in its log of statements.
    package func verifier(
        of password: String,
        for user: String
    ) throws(PostgreSQLError) -> String {
        try usable(password)
        try usable(user)
        let method = try run("SHOW password_encryption").first
        // Before PostgreSQL 14 it could also be `on`, for md5.
        let algorithm = method == "scram-sha-256" ? "scram-sha-256" : "md5"
        return try made(
            library.functions.encrypt_password(connection, password, user, algorithm)
        )
    }

    private func usable(_ text: String) throws(PostgreSQLError) {
        guard !text.utf8.contains(0) else { throw .unusableText }
    }

    private func made(
        _ text: UnsafeMutablePointer<CChar>?
    ) throws(PostgreSQLError) -> String {
        guard let text = library.text(text) else { throw .unusableText }
        return text
    }
}

/// A text as C has it, for as long as this lives.
private final class CText {
    private let memory: UnsafeMutablePointer<CChar>?

    init(_ text: String) {
        memory = strdup(text)
    }

    deinit {
        free(memory)
    }

    var pointer: UnsafePointer<CChar>? { UnsafePointer(memory) }
}
