internal import Dispatch
package import HTTPServer
internal import Threads

/// A vault that is open and that no listener serves: whoever opened it sends requests by itself.
package final class UnservedVault: Sendable {
    private let vault: OpenVault
    private let router: Router

    /// Opens a vault.
    ///
    /// - Parameters:
    ///   - configuration: what to open, and how; nothing is heard of where to listen.
    ///   - write: takes the lines of the log, on one thread at a time.
    /// - Returns: the vault, filled with its seeds; what nobody calls for waits until it is served.
    /// - Throws: one line that says what to do.
    package static func open(
        _ configuration: Configuration,
        log write: @escaping @Sendable ([UInt8]) -> Void
    ) throws(StartError) -> UnservedVault {
        let log = ServerLog(
            to: LogSink(write: write),
            format: configuration.logFormat,
            level: configuration.logLevel
        )
        let vault = try OpenVault.open(configuration, log: log)
        do throws(StartError) {
            try vault.fill()
        } catch {
            vault.close()
            throw error
        }
        return UnservedVault(vault)
    }

    private init(_ vault: OpenVault) {
        self.vault = vault
        router = Router(to: vault)
    }

    /// Answers a request, as the main port of a server would.
    package func answer(_ request: HTTPRequest) -> HTTPResponse {
        let answer = Locked<HTTPResponse?>(nil)
        let isDone = DispatchSemaphore(value: 0)
        router.handle(request) { response in
            answer.withLock { $0 = response }
            isDone.signal()
        }
        isDone.wait()
        return answer.withLock { $0 } ?? HTTPResponse(status: 500)
    }

    /// Commits what is queued and closes the file.
    package func close() {
        vault.close()
    }
}
