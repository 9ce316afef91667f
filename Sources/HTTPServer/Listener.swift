internal import CMicroHTTPD
internal import Glibc
internal import Threads

/// The HTTP server: owns the daemon of libmicrohttpd from its start to its stop.
package final class Listener: Sendable {
    /// The port that it listens on; never 0.
    package let port: UInt16
    private let context: HandlerContext
    /// Used by `stop` alone, once; the library's functions for it may be called from any thread.
    nonisolated(unsafe) private let daemon: OpaquePointer
    private let isStopped = Locked(false)

    /// Begins to listen and to answer.
    package init(
        _ configuration: HTTPConfiguration,
        handler: @escaping HTTPHandler
    ) throws(ListenerError) {
        let socket = try ListeningSocket(host: configuration.host, port: configuration.port)
        port = socket.port
        context = HandlerContext(
            limits: configuration.limits,
            rules: RequestRules(hostPolicy: configuration.hostPolicy),
            handler: handler
        )
        signal(SIGPIPE, SIG_IGN)
        let cores = UInt32(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        let daemon = pocketvault_start_daemon(
            socket.descriptor,
            configuration.threads ?? cores,
            configuration.limits.headerBytes,
            configuration.limits.connections,
            configuration.limits.idleSeconds,
            continueRequest,
            finishRequest,
            beginRequest,
            Unmanaged.passUnretained(context).toOpaque()
        )
        guard let daemon else {
            close(socket.descriptor)
            throw .system("libmicrohttpd did not start")
        }
        self.daemon = daemon
    }

    deinit {
        stop(graceMilliseconds: 0)
    }

    /// Takes no more requests, lets those in flight end, and stops; does nothing the second time.
    ///
    /// What is not answered within the grace gets a 503. libmicrohttpd aborts the process when it
    /// is stopped with suspended connections, and drops the answer of a running handler, so it is
    /// stopped only when none is left.
    package func stop(graceMilliseconds: Int = 700) {
        let isFirst = isStopped.withLock { stopped in
            defer { stopped = true }
            return !stopped
        }
        guard isFirst else { return }
        let listening = MHD_quiesce_daemon(daemon)
        if listening >= 0 { close(listening) }
        context.beginStopping()
        if !waitUntilIdle(milliseconds: graceMilliseconds) {
            repeat { context.cutOff() } while !waitUntilIdle(milliseconds: 50)
        }
        MHD_stop_daemon(daemon)
    }

    /// Waits for the last answer to be sent; looks every millisecond, since this happens once.
    private func waitUntilIdle(milliseconds: Int) -> Bool {
        for _ in 0..<max(1, milliseconds) {
            if context.isIdle { return true }
            usleep(1_000)
        }
        return context.isIdle
    }
}
