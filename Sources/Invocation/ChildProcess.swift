internal import Glibc

/// A command that runs beside this process, in a process group of its own.
package struct ChildProcess: Sendable {
    /// The number of the process, and of its group.
    package let id: Int32

    /// What became of the process.
    package enum Change: Sendable, Equatable {
        /// It was stopped, by Ctrl-Z perhaps, and goes on when it is continued.
        case stopped
        /// It has ended: its exit code, or 128 and the number of the signal that ended it.
        case ended(exitCode: Int32)
    }

    /// Where the command writes to, and which terminal becomes its own.
    package struct Streams: Sendable {
        /// In place of this process's standard output.
        package var output: Int32?
        /// In place of this process's standard error.
        package var error: Int32?
        /// The terminal whose signals it gets.
        package var terminal: ForegroundTerminal?

        /// Those of this process.
        package init() {}
    }

    /// Starts a command.
    ///
    /// - Parameters:
    ///   - program: what to run.
    ///   - environment: all variables that it has.
    ///   - streams: where it writes to.
    /// - Throws: with the exit code that a shell would have.
    package init(
        _ program: Program,
        _ environment: ChildEnvironment,
        _ streams: Streams
    ) throws(Program.Failure) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let output = streams.output {
            posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        }
        if let error = streams.error {
            posix_spawn_file_actions_adddup2(&actions, error, STDERR_FILENO)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Some parents leave signals blocked, and what cannot be ended is nobody's wish.
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP)
        )
        let variables = CStrings(environment.entries)
        var process = pid_t()
        func spawn(_ program: Program) -> Int32 {
            let arguments = CStrings(program.arguments.map { Array($0.utf8) })
            return posix_spawn(
                &process,
                program.path,
                &actions,
                &attributes,
                arguments.pointers,
                variables.pointers
            )
        }
        var status = spawn(program)
        if status == ENOEXEC { status = spawn(program.asScript) }
        guard status == 0 else { throw Program.failure(program.arguments[0], status) }
        id = process
        streams.terminal?.lend(to: self)
    }

    /// Becomes the command: nothing of this process is left, and nothing stands between the command
    /// and its parent.
    ///
    /// - Parameters:
    ///   - program: what to run.
    ///   - environment: all variables that it has.
    /// - Returns: only when it cannot be done; with the exit code that a shell would have.
    package static func become(
        _ program: Program,
        _ environment: ChildEnvironment
    ) -> Program.Failure {
        var mask = sigset_t()
        sigemptyset(&mask)
        pthread_sigmask(SIG_SETMASK, &mask, nil)
        let variables = CStrings(environment.entries)
        func execute(_ program: Program) -> Int32 {
            let arguments = CStrings(program.arguments.map { Array($0.utf8) })
            execve(program.path, arguments.pointers, variables.pointers)
            return errno
        }
        var code = execute(program)
        if code == ENOEXEC { code = execute(program.asScript) }
        return Program.failure(program.arguments[0], code)
    }

    /// What became of it since somebody last asked; nil when nothing did.
    package func change() -> Change? {
        var status: Int32 = 0
        guard waitpid(id, &status, WNOHANG | WUNTRACED) == id else { return nil }
        let signal = status & 0x7F
        if signal == 0x7F { return .stopped }
        return .ended(exitCode: signal == 0 ? status >> 8 & 0xFF : 128 + signal)
    }

    /// Sends it a signal.
    ///
    /// - Parameters:
    ///   - number: of the signal.
    ///   - toGroup: whether what it has started gets the signal too.
    package func send(_ number: Int32, toGroup: Bool) {
        kill(toGroup ? -id : id, number)
    }

    /// Whether anything of its group is left.
    package var hasGroup: Bool { kill(-id, 0) == 0 || errno == EPERM }
}
