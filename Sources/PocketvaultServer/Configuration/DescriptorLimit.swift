internal import Glibc

/// How many files and connections the system lets this process have open, and who gets them.
///
/// libmicrohttpd does not live with a connection that it cannot accept for want of a descriptor: a
/// thread without connections asks for it again without a pause, another one waits until one of its
/// own ends. SQLite and the rest need theirs, too. So connections get what is left, and never the
/// last one.
struct DescriptorLimit {
    let count: Int
    private let threads: Int

    /// The limit as it would be for a process.
    init(_ count: Int, threads: Int) {
        self.count = count
        self.threads = threads
    }

    /// Raises the limit of this process as far as it may; what it starts has the same limit.
    static func raise() -> DescriptorLimit {
        var limit = rlimit()
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        // Each fills or reads the one structure that it is given.
        _ = unsafe getrlimit(kind, &limit)
        var raised = rlimit(rlim_cur: limit.rlim_max, rlim_max: limit.rlim_max)
        if unsafe setrlimit(kind, &raised) == 0 { limit = raised }
        return DescriptorLimit(
            Int(clamping: UInt64(limit.rlim_cur)),
            threads: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        )
    }

    /// What a server needs besides connections: the vault's files, of which each thread that reads
    /// has its own; pipes, sockets and copies of what it does on its own; what a thread of a
    /// listener waits with, and one that speaks TLS.
    private func reserved(listeners: Int, encrypted: Int) -> Int {
        32 + threads * (3 + 2 * (listeners + encrypted)) + 2 * encrypted
    }

    /// How many connections each listener may have.
    ///
    /// A client that speaks TLS takes three descriptors: its own, and the pair by which it is passed on.
    ///
    /// - Parameters:
    ///   - wanted: what each would have if nothing were short.
    ///   - firstIsEncrypted: whether the first one speaks TLS.
    /// - Returns: as many numbers.
    /// - Throws: when so few are left that the server could not live.
    func connections(
        _ wanted: [UInt32],
        firstIsEncrypted: Bool = false
    ) throws(StartError) -> [UInt32] {
        let encrypted = firstIsEncrypted ? 1 : 0
        let reserved = reserved(listeners: wanted.count, encrypted: encrypted)
        let parts = wanted.count + 2 * encrypted
        let each = (count - reserved) / parts
        guard each >= DescriptorLimit.fewest else {
            let needed = reserved + DescriptorLimit.fewest * parts
            throw StartError(
                description: """
                    this process may open \(count) files and connections, and a server needs \
                    \(needed); raise the limit (ulimit -n)
                    """
            )
        }
        return wanted.map { min($0, UInt32(clamping: each)) }
    }

    /// A browser alone takes six.
    private static let fewest = 8
}
