import Foundation
import Invocation
import PostgreSQL
import Testing

@Suite("A connection to PostgreSQL")
struct PostgreSQLConnectionTests {
    private func login(
        port: Int = 9,
        user: String = "app",
        security: PostgreSQLLogin.TransportSecurity = .none
    ) -> PostgreSQLLogin {
        PostgreSQLLogin(
            host: "127.0.0.1",
            port: port,
            database: "shop",
            user: user,
            password: "quiet-heron",
            security: security
        )
    }

    private func error(
        _ login: PostgreSQLLogin,
        milliseconds: Int = 20_000,
        _ cancellation: Cancellation = Cancellation()
    ) -> PostgreSQLError? {
        do throws(PostgreSQLError) {
            let deadline = Deadline(afterMilliseconds: milliseconds)
            _ = try PostgreSQLConnection(login, by: deadline, until: cancellation)
            return nil
        } catch {
            return error
        }
    }

    @Test func `Where nobody listens, it says that the database cannot be reached`() {
        #expect(error(login()) == .unreachable)
    }

    @Test func `A database that does not answer is not waited for longer than was said`() throws {
        let silent = try SilentListener()
        #expect(error(login(port: silent.port), milliseconds: 100) == .timedOut)
    }

    @Test func `A stopping server is not held up`() throws {
        let silent = try SilentListener()
        let cancellation = Cancellation()
        cancellation.cancel()
        #expect(error(login(port: silent.port), cancellation) == .cancelled)
    }

    @Test func `A database that refuses is told from one that is not there`() throws {
        // ErrorResponse: its kind, its length, a field without a text, the end.
        let refusing = try SilentListener(answer: [0x45, 0, 0, 0, 9, 0x4D, 0x78, 0, 0, 0])
        #expect(error(login(port: refusing.port)) == .loginRefused)
    }

    @Test func `TLS that was asked for is not done without`() throws {
        // `N` says that the database has none.
        let plain = try SilentListener(answer: Array("N".utf8))
        let found = error(login(port: plain.port, security: .verified))
        #expect(found == .unreachable)
    }

    @Test func `A text that C would cut off is not sent`() {
        #expect(error(login(user: "app\0lication")) == .unusableText)
    }

    @Test(arguments: [
        PostgreSQLError.libraryMissing, .unreachable, .loginRefused, .timedOut, .cancelled,
        .statementRefused(sqlState: "42501"), .unusableText,
    ])
    func `Every error is a sentence without what was sent`(error: PostgreSQLError) {
        #expect(!error.description.isEmpty)
        #expect(!error.description.contains("\n"))
    }
}

/// Takes connections and answers each with the same bytes, or not at all.
private final class SilentListener: Sendable {
    private let descriptor: Int32
    private let isAnswering: Bool
    let port: Int

    init(answer: [UInt8] = []) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 5) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        try #require(isListening)
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
        isAnswering = !answer.isEmpty
        guard !answer.isEmpty else { return }
        Thread.detachNewThread {
            while case let connection = accept(descriptor, nil, nil), connection >= 0 {
                var request = [UInt8](repeating: 0, count: 1_024)
                _ = read(connection, &request, request.count)
                _ = write(connection, answer, answer.count)
                _ = read(connection, &request, request.count)
                close(connection)
            }
            close(descriptor)
        }
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        // The thread may be about to accept: it must not find another listener under the number.
        if !isAnswering { close(descriptor) }
    }
}
