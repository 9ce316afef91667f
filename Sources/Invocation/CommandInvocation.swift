internal import Glibc

/// A command that gets an event on its standard input, or arguments.
package struct CommandInvocation: Sendable {
    private let path: String
    private let arguments: [String]
    private let input: [UInt8]
    private let environment: [String: String]
    private let timeoutMilliseconds: Int
    /// Whether its standard error is read with its standard output.
    private let mergesErrors: Bool

    /// - Parameters:
    ///   - path: of the executable; looked for in PATH when it holds no slash.
    ///   - arguments: after its name.
    ///   - input: what stands on its standard input.
    ///   - environment: all variables that it has.
    ///   - timeoutMilliseconds: after so long it is killed.
    ///   - mergesErrors: whether what it writes to its standard error is taken as its output.
    package init(
        path: String,
        arguments: [String] = [],
        input: [UInt8],
        environment: [String: String],
        timeoutMilliseconds: Int,
        mergesErrors: Bool = false
    ) {
        self.path = path
        self.arguments = arguments
        self.mergesErrors = mergesErrors
        self.input = input
        self.environment = environment
        self.timeoutMilliseconds = timeoutMilliseconds
    }

    /// Runs it to its end; what it writes to its standard error goes to the server's.
    ///
    /// It is killed, with all that it has started, when it takes too long or is cancelled.
    package func run(until cancellation: Cancellation) -> InvocationResult {
        switch capture(until: cancellation) {
        case .ended(0, let output): .ended(output: output)
        case .ended(let code, _):
            .failed(
                code > 128
                    ? "\(path) was ended by signal \(code - 128)" : "\(path) ended with \(code)"
            )
        case .timedOut:
            .failed("Task timed out after \(timeoutMilliseconds) milliseconds")
        case .failed(let reason): .failed(reason)
        case .cancelled: .cancelled
        }
    }

    /// How a command ended.
    package enum End: Sendable, Equatable {
        /// With an exit code as shells have it, after it wrote this.
        case ended(Int32, output: [UInt8])
        case timedOut(output: [UInt8])
        /// It could not be started; why.
        case failed(String)
        /// Nobody waited for it any more.
        case cancelled
    }

    /// Runs it to its end, whatever its exit code is.
    ///
    /// - Parameters:
    ///   - cancellation: by whom it can be given up.
    ///   - graceMilliseconds: how long it may take to end when it is asked to, before it is killed.
    /// - Returns: how it ended.
    package func capture(
        until cancellation: Cancellation,
        graceMilliseconds: Int = 0
    ) -> End {
        // Each the end for reading and the end for writing. Nothing here gets as far as a program
        // that is started elsewhere.
        var standardInput: [Int32] = [-1, -1]
        var standardOutput: [Int32] = [-1, -1]
        defer { (standardInput + standardOutput).forEach { if $0 >= 0 { close($0) } } }
        guard CommandInvocation.open(&standardInput), CommandInvocation.open(&standardOutput),
            // Far less than a pipe holds, so nobody has to read it yet.
            write(standardInput[1], input, input.count) == input.count
        else { return .failed("no pipe to \(path): \(CommandInvocation.latestError)") }
        var process = pid_t()
        let status = spawn(&process, standardInput[0], standardOutput[1])
        guard status == 0 else {
            return .failed("\(path) cannot be started: \(String(cString: strerror(status)))")
        }
        // The command's are the only ends left, so that the end of what it reads and writes shows.
        for index in standardInput.indices {
            close(standardInput[index])
            standardInput[index] = -1
        }
        close(standardOutput[1])
        standardOutput[1] = -1
        let output = CommandOutput(reading: standardOutput[0])
        return watch(process, output, cancellation, graceMilliseconds)
    }

    private func watch(
        _ process: pid_t,
        _ output: consuming CommandOutput,
        _ cancellation: Cancellation,
        _ graceMilliseconds: Int
    ) -> End {
        let deadline = Deadline(afterMilliseconds: timeoutMilliseconds)
        var output = output
        while true {
            if let status = status(of: process) {
                output.take()
                return .ended(CommandInvocation.exitCode(of: status), output: output.bytes)
            }
            if cancellation.isCancelled {
                end(process, graceMilliseconds)
                return .cancelled
            }
            if deadline.hasPassed {
                end(process, graceMilliseconds)
                output.take()
                return .timedOut(output: output.bytes)
            }
            output.wait()
        }
    }

    /// Opens a pipe that other programs do not get.
    private static func open(_ ends: inout [Int32]) -> Bool {
        pipe(&ends) == 0 && ends.allSatisfy { fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }
    }

    private static var latestError: String { String(cString: strerror(errno)) }

    private func spawn(
        _ process: inout pid_t,
        _ input: Int32,
        _ output: Int32
    ) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        if mergesErrors { posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What the server holds back or ignores is nothing to the command; a process group of its
        // own lets it be killed with its children.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var arguments = ([path] + self.arguments).map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        return posix_spawnp(&process, path, &actions, &attributes, &arguments, &variables)
    }

    /// The status of a process that has ended; nil while it runs.
    private func status(of process: pid_t) -> Int32? {
        var status: Int32 = 0
        return waitpid(process, &status, WNOHANG) == 0 ? nil : status
    }

    private func end(_ process: pid_t, _ graceMilliseconds: Int) {
        let deadline = Deadline(afterMilliseconds: graceMilliseconds)
        if graceMilliseconds > 0 { Glibc.kill(process, SIGTERM) }
        while graceMilliseconds > 0, !deadline.hasPassed {
            if status(of: process) != nil { return }
            usleep(5_000)
        }
        Glibc.kill(-process, SIGKILL)
        Glibc.kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }

    private static func exitCode(of status: Int32) -> Int32 {
        let signal = status & 0x7F
        return signal != 0 ? 128 + signal : status >> 8 & 0xFF
    }
}
