internal import Glibc

/// The terminal that this process is in the foreground of, to be lent to a command.
///
/// Who is in the foreground reads what is typed, and gets the signals of Ctrl-C and Ctrl-Z.
package struct ForegroundTerminal: Sendable {
    let descriptor: Int32

    /// Nil when this process reads or writes no terminal, or is in the background; a part of a
    /// pipeline leaves the terminal to the others.
    package init?() {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1,
            tcgetpgrp(STDIN_FILENO) == getpgrp()
        else { return nil }
        descriptor = STDIN_FILENO
    }

    /// Puts a command into the foreground, if this process's group is.
    package func lend(to child: ChildProcess) {
        guard tcgetpgrp(descriptor) == getpgrp(), tcsetpgrp(descriptor, child.id) == 0 else {
            return
        }
        // One that read too early was stopped for it.
        child.send(SIGCONT, toGroup: true)
    }

    /// Takes the foreground back.
    package func takeBack() {
        tcsetpgrp(descriptor, getpgrp())
    }
}
