internal import Glibc

/// The signals that this process holds back in order to pass them on.
///
/// They are waited for, never handled: no code of ours runs in the middle of other code.
package struct HeldSignals: Sendable {
    private let awaited: sigset_t

    /// Those that are meant for the command.
    private static let passedOn = [
        SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH, SIGTSTP, SIGCONT,
    ]

    /// A signal that came.
    package struct Received: Sendable, Equatable {
        /// Its number.
        package let number: Int32
        /// Whether the terminal sent it, to all that is in its foreground.
        package let isOfTerminal: Bool

        /// Whether something became of a child, or somebody called `wake`.
        package var isOfChild: Bool { number == SIGCHLD }
        /// Whether it asks for a stop, as Ctrl-Z does.
        package var isStop: Bool { number == SIGTSTP }
        /// Whether it asks for an end.
        package var isEnd: Bool { [SIGHUP, SIGINT, SIGQUIT, SIGTERM].contains(number) }
    }

    /// Holds signals back from here on, in this thread and those that it will start.
    package init() {
        var awaited = sigset_t()
        sigemptyset(&awaited)
        for number in HeldSignals.passedOn + [SIGCHLD] { sigaddset(&awaited, number) }
        self.awaited = awaited
        // Of a terminal that was lent, which would stop this process when it takes it back; and of a
        // pipe that nobody reads any more.
        for number in [SIGTTOU, SIGPIPE] { sigaddset(&awaited, number) }
        pthread_sigmask(SIG_BLOCK, &awaited, nil)
        // Whoever ignores it never learns how a child ended, and a parent may have.
        signal(SIGCHLD, SIG_DFL)
    }

    /// Waits for the next signal.
    ///
    /// - Parameter milliseconds: for how long; nil for ever.
    /// - Returns: nil when none came in time.
    package func next(within milliseconds: Int?) -> Received? {
        var awaited = awaited
        var info = siginfo_t()
        while true {
            let number: Int32
            if let milliseconds {
                var time = timespec(
                    tv_sec: milliseconds / 1_000,
                    tv_nsec: milliseconds % 1_000 * 1_000_000
                )
                number = sigtimedwait(&awaited, &info, &time)
            } else {
                number = sigwaitinfo(&awaited, &info)
            }
            if number > 0 {
                // What no process sent: SI_KERNEL, which the headers hide from Swift.
                return Received(number: number, isOfTerminal: info.si_code == 0x80)
            }
            guard errno == EINTR else { return nil }
        }
    }

    /// Has `next` return with a signal that is of a child.
    package func wake() {
        kill(getpid(), SIGCHLD)
    }

    /// Stops this process as Ctrl-Z does, until somebody continues it.
    package func stopThisProcess() {
        kill(getpid(), SIGSTOP)
    }

    /// Asks for an end.
    package static let terminate = SIGTERM
    /// Ends what does not end otherwise.
    package static let end = SIGKILL
    /// Has what was stopped go on.
    package static let goOn = SIGCONT
}
