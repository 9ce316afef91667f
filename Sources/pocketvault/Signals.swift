internal import Glibc

/// The signals that stop the server.
///
/// They are waited for, never handled: no code of ours runs in the middle of other code.
enum Signals {
    /// Holds back the signals that stop the server, in this thread and those it will start, and
    /// ignores the one that a closed pipe sends.
    ///
    /// What the parent process had blocked or ignored no longer matters: a signal that is held back
    /// is kept for who waits for it. But a hang-up that the parent ignored, as `nohup` does, stays
    /// ignored.
    static func hold() {
        var set = stopping
        // Reads the one set that it is given.
        _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// Waits until somebody asks the server to stop.
    static func wait() {
        var set = stopping
        var received: Int32 = 0
        while unsafe sigwait(&set, &received) != 0 {}
    }

    private static var stopping: sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, SIGINT)
        unsafe sigaddset(&set, SIGTERM)
        if !isHangUpIgnored { unsafe sigaddset(&set, SIGHUP) }
        return set
    }

    /// Whether nobody is to be told that the terminal is gone.
    private static let isHangUpIgnored: Bool = {
        var action = sigaction()
        // Fills the one structure that it is given.
        guard unsafe sigaction(SIGHUP, nil, &action) == 0 else { return false }
        return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }()

    /// Forbids core dumps: memory holds keys and values.
    static func forbidCoreDumps() {
        var limit = rlimit(rlim_cur: 0, rlim_max: 0)
        // Reads the one structure that it is given.
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    }
}
