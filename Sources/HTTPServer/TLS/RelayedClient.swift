internal import CMicroHTTPD
internal import Cryptography
internal import Glibc

/// A client that speaks TLS, and the plain connection that stands for it in the daemon.
///
/// For one thread. Each side is as the other is: what the client ends is ended towards the daemon, and
/// the daemon's end, once all before it is sent, towards the client. How long a client may be silent,
/// and all else about requests, is the daemon's to say.
final class RelayedClient {
    /// What to do with it next.
    enum Progress {
        /// Nothing, until one of its sockets changes.
        case waits
        /// Go on, when others had their turn.
        case again
        case over
    }

    private enum Phase {
        /// TLS is being agreed on; the daemon knows nothing of it yet.
        case greeting
        case open
        /// All is said, and the client is to see that before its connection is gone: bytes of its that
        /// nobody reads would have the kernel take the answer back.
        case lingering
    }

    private enum Flow {
        case blocked, again, broken
    }

    private let client: Int32
    private let address: ClientAddress
    private let session: TLSSession
    private let idleMilliseconds: Int
    private var daemon: Int32 = -1
    private var phase = Phase.greeting
    /// What the other side had no room for.
    private var toDaemon: ArraySlice<UInt8> = []
    private var toClient: ArraySlice<UInt8> = []
    private var clientHasEnded = false
    private var daemonHasEnded = false
    /// When it is over at the latest; nil where the daemon looks after it.
    private(set) var end: Int?
    /// The client does not trust the server's certificate.
    private(set) var isUntrusting = false

    /// - Parameters:
    ///   - client: the socket, which is closed with this, also when this cannot be made.
    ///   - address: of the client.
    ///   - context: what TLS is spoken by.
    ///   - end: when the greeting has to be over.
    ///   - idleSeconds: how long a client may take nothing of what is still to be sent when the daemon
    ///     is done with it.
    /// - Throws: when OpenSSL has no memory for it.
    init(
        _ client: Int32,
        from address: ClientAddress,
        _ context: TLSContext,
        until end: Int,
        idleSeconds: UInt32
    ) throws(TLSError) {
        self.client = client
        self.address = address
        self.end = end
        idleMilliseconds = Int(idleSeconds) * 1_000
        do throws(TLSError) {
            session = try TLSSession(context, over: client)
        } catch {
            close(client)
            throw error
        }
        // As libmicrohttpd has it for its own: an answer is not to wait for more of its kind.
        var yes: Int32 = 1
        setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, 4)
    }

    deinit {
        close(client)
        if daemon >= 0 { close(daemon) }
    }

    /// Moves what can be moved, in both directions.
    ///
    /// - Parameters:
    ///   - buffer: for what is under way.
    ///   - now: the time.
    ///   - admit: takes the daemon's end of a connection that has just been opened; false when there
    ///     is none.
    /// - Returns: what to do with it next.
    func advance(
        through buffer: UnsafeMutableRawBufferPointer,
        at now: Int,
        _ admit: (_ daemon: Int32, _ ours: Int32, ClientAddress) -> Bool
    ) -> Progress {
        switch phase {
        case .greeting:
            switch session.accept() {
            case .done: return open(admit) ? .again : .over
            case .blocked: return .waits
            case .ended: return .over
            case .failed(let failure):
                isUntrusting = failure == .untrusted
                return .over
            }
        case .open:
            let up = moveToDaemon(through: buffer)
            let down = moveToClient(through: buffer, at: now)
            if up == .broken || down == .broken { return .over }
            if daemonHasEnded && toClient.isEmpty { return leave(at: now) }
            return up == .again || down == .again ? .again : .waits
        case .lingering:
            let count = recv(client, buffer.baseAddress, buffer.count, 0)
            if count > 0 { return .again }
            return count < 0 && isNotYet(errno) ? .waits : .over
        }
    }

    /// Nobody waits for it any more: what is still to be sent has until then.
    func hurry(until end: Int) {
        self.end = phase == .open ? end : 0
    }

    private func open(_ admit: (Int32, Int32, ClientAddress) -> Bool) -> Bool {
        var ends: [Int32] = [-1, -1]
        let kind =
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            | Int32(SOCK_NONBLOCK.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return false }
        daemon = ends[1]
        phase = .open
        end = nil
        return admit(ends[0], daemon, address)
    }

    private func moveToDaemon(through buffer: UnsafeMutableRawBufferPointer) -> Flow {
        for _ in 0..<RelayedClient.rounds {
            guard toDaemon.isEmpty else {
                let count = toDaemon.withUnsafeBytes {
                    send(daemon, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                if count < 0, isNotYet(errno) { return .blocked }
                // A daemon that has closed wants no more; what it said may still be under way.
                toDaemon = count < 0 ? [] : toDaemon.dropFirst(count)
                continue
            }
            if clientHasEnded { return .blocked }
            switch session.read(into: buffer) {
            case .done(let count): toDaemon = ArraySlice(buffer.prefix(count))
            case .blocked: return .blocked
            case .failed: return .broken
            case .ended:
                clientHasEnded = true
                shutdown(daemon, Int32(SHUT_WR))
            }
        }
        return .again
    }

    private func moveToClient(through buffer: UnsafeMutableRawBufferPointer, at now: Int) -> Flow {
        for _ in 0..<RelayedClient.rounds {
            guard toClient.isEmpty else {
                switch toClient.withUnsafeBytes({ session.write($0) }) {
                case .done(let count):
                    toClient = toClient.dropFirst(count)
                    if daemonHasEnded { end = end.map { max($0, now + idleMilliseconds) } }
                case .blocked: return .blocked
                case .ended, .failed: return .broken
                }
                continue
            }
            if daemonHasEnded { return .blocked }
            let count = recv(daemon, buffer.baseAddress, buffer.count, 0)
            if count > 0 {
                toClient = ArraySlice(buffer.prefix(count))
            } else if count < 0, isNotYet(errno) {
                return .blocked
            } else {
                daemonHasEnded = true
                end = end ?? now + idleMilliseconds
            }
        }
        return .again
    }

    /// Says that nothing more comes, and waits a moment for the client to see it.
    private func leave(at now: Int) -> Progress {
        switch session.end() {
        case .blocked: return .waits
        case .ended, .failed: return .over
        case .done: break
        }
        shutdown(client, Int32(SHUT_WR))
        guard !clientHasEnded else { return .over }
        phase = .lingering
        end = min(end ?? .max, now + RelayedClient.lingering)
        return .again
    }

    /// Pieces of one client before others have their turn.
    private static let rounds = 32
    /// Milliseconds.
    private static let lingering = 1_000
}

/// Whether a socket that does not wait would have had to.
private func isNotYet(_ code: Int32) -> Bool {
    code == EAGAIN || code == EINTR
}
