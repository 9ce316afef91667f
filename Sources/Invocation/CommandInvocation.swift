internal import Glibc

/// A command that gets an event on its standard input.
package struct CommandInvocation: Sendable {
    private let path: String
    private let input: [UInt8]
    private let environment: [String: String]
    private let timeoutMilliseconds: Int

    /// - Parameters:
    ///   - path: of the executable; looked for in PATH when it holds no slash.
    ///   - input: what stands on its standard input.
    ///   - environment: all variables that it has.
    ///   - timeoutMilliseconds: after so long it is killed.
    package init(
        path: String,
        input: [UInt8],
        environment: [String: String],
        timeoutMilliseconds: Int
    ) {
        self.path = path
        self.input = input
        self.environment = environment
        self.timeoutMilliseconds = timeoutMilliseconds
    }

    /// Runs it to its end; what it writes to its standard error goes to the server's.
    ///
    /// It is killed, with all that it has started, when it takes too long or is cancelled.
    package func run(until cancellation: Cancellation) -> InvocationResult {
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
        return watch(process, CommandOutput(reading: standardOutput[0]), cancellation)
    }

    private func watch(
        _ process: pid_t,
        _ output: consuming CommandOutput,
        _ cancellation: Cancellation
    ) -> InvocationResult {
        let deadline = Deadline(afterMilliseconds: timeoutMilliseconds)
        var output = output
        while true {
            if let status = status(of: process) {
                output.take()
                return result(of: status, output.bytes)
            }
            if cancellation.isCancelled {
                kill(process)
                return .cancelled
            }
            if deadline.hasPassed {
                kill(process)
                return .failed("Task timed out after \(timeoutMilliseconds) milliseconds")
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
        var arguments = [strdup(path), nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        return posix_spawnp(&process, path, &actions, &attributes, &arguments, &variables)
    }

    /// The status of a process that has ended; nil while it runs.
    private func status(of process: pid_t) -> Int32? {
        var status: Int32 = 0
        return waitpid(process, &status, WNOHANG) == 0 ? nil : status
    }

    private func kill(_ process: pid_t) {
        Glibc.kill(-process, SIGKILL)
        Glibc.kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }

    private func result(of status: Int32, _ output: [UInt8]) -> InvocationResult {
        let signal = status & 0x7F
        let code = status >> 8 & 0xFF
        if signal != 0 { return .failed("\(path) was ended by signal \(signal)") }
        return code == 0 ? .ended(output: output) : .failed("\(path) ended with \(code)")
    }
}
