internal import CMicroHTTPD
internal import Glibc
internal import Threads

/// The HTTP server: owns the daemon of libmicrohttpd from its start to its stop.
package final class Listener: Sendable {
    /// The port that it listens on; never 0.
    package let port: UInt16
    private let context: HandlerContext
    /// Used by `stop`, under its lock; the library allows that from any thread of ours.
    nonisolated(unsafe) private let daemon: OpaquePointer
    /// Who accepts clients, where some speak TLS.
    private let front: FrontDoor?
    private let isStopped = Locked(false)

    /// Begins to listen and to answer.
    ///
    /// The threads of the pool inherit the caller's signal mask.
    ///
    /// - Parameters:
    ///   - configuration: where it listens, and how.
    ///   - refused: is told of requests that no handler gets, as they are refused.
    ///   - unheard: is told of clients that spoke no HTTP where there is nothing else, as those do that
    ///     speak TLS.
    ///   - handler: answers all others.
    /// - Throws: why it cannot listen there.
    package init(
        _ configuration: HTTPConfiguration,
        refused: @escaping @Sendable (RefusedRequest) -> Void = { _ in },
        unheard: @escaping @Sendable () -> Void = {},
        handler: @escaping HTTPHandler
    ) throws(ListenerError) {
        let socket = try ListeningSocket(host: configuration.host, port: configuration.port)
        port = socket.port
        let limits = configuration.limits
        let places = configuration.tls.map { _ in Places(Int(limits.connections)) }
        context = HandlerContext(
            rules: RequestRules(
                hostPolicy: configuration.hostPolicy,
                openPages: configuration.openPages,
                limits: limits
            ),
            places: places,
            unheard: unheard,
            refused: refused,
            handler: handler
        )
        // A client that goes away while it is answered must not take the process with it.
        signal(SIGPIPE, SIG_IGN)
        let cores = UInt32(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        let threads = configuration.threads ?? cores
        guard
            let daemon = Listener.daemon(
                at: places == nil ? socket.descriptor : -1,
                threads: threads,
                limits,
                context
            )
        else {
            close(socket.descriptor)
            throw .system("libmicrohttpd did not start (threads or open files may be short)")
        }
        self.daemon = daemon
        guard let tls = configuration.tls, let places else {
            front = nil
            return
        }
        do throws(ListenerError) {
            front = try FrontDoor(
                at: socket.descriptor,
                to: daemon,
                places,
                tls,
                limits,
                threads: threads
            )
        } catch {
            MHD_stop_daemon(daemon)
            close(socket.descriptor)
            throw error
        }
    }

    /// Starts the daemon, which listens itself where it has a socket for that.
    private static func daemon(
        at socket: Int32,
        threads: UInt32,
        _ limits: HTTPLimits,
        _ context: HandlerContext
    ) -> OpaquePointer? {
        pocketvault_start_daemon(
            socket,
            threads,
            limits.headerBytes,
            // Each thread of the pool has its part of it; where the places are counted in front, any
            // thread may get all of them.
            socket < 0 ? limits.connections * threads : limits.connections,
            limits.idleSeconds,
            proceedWithRequest,
            finishRequest,
            beginRequest,
            noteConnection,
            Unmanaged.passUnretained(context).toOpaque()
        )
    }

    deinit {
        stop(graceMilliseconds: 0)
    }

    /// Takes no more requests, lets those in flight end, and stops; does nothing the second time.
    ///
    /// What is not answered within the grace gets a 503 and, like an answer that its client does
    /// not read, 150 ms more; what a relay still has of it, 100 ms. A handler that has not returned
    /// even then cannot be stopped: the daemon is left to the end of the process, which is near.
    package func stop(graceMilliseconds: Int = 700) {
        isStopped.withLock { isStopped in
            guard !isStopped else { return }
            isStopped = true
            stopOnce(graceMilliseconds)
        }
    }

    /// How many clients are connected.
    package var connectionCount: Int { context.connections.count }

    /// libmicrohttpd aborts the process when it is stopped with suspended connections, and drops the
    /// answer of a running handler: it is stopped when there are neither.
    private func stopOnce(_ graceMilliseconds: Int) {
        context.drain()
        let listening = front?.shut() ?? MHD_quiesce_daemon(daemon)
        // Closed only at the end: a thread of the pool may be about to accept on it, and must not
        // find another file under its number. New clients are turned away from here on.
        shutdown(listening, Int32(SHUT_RDWR))
        context.endStreams()
        if !wait(graceMilliseconds, until: { context.isDrained() }) {
            context.cut()
            _ = wait(150) { context.isDrained() }
        }
        guard context.isStill else {
            _ = Unmanaged.passRetained(context)
            return
        }
        front?.close()
        MHD_stop_daemon(daemon)
        front?.flush(graceMilliseconds: 100)
        close(listening)
    }

    /// Looks every millisecond, since this happens once in the life of a server.
    private func wait(_ milliseconds: Int, until isDone: () -> Bool) -> Bool {
        let end = MonotonicTime.now + milliseconds
        while !isDone() {
            guard MonotonicTime.now < end else { return false }
            usleep(1_000)
        }
        return true
    }
}
