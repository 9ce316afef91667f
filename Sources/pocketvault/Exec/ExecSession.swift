internal import Client
internal import Invocation

/// A command and what it is run with, from the first look at its secrets to its end.
struct ExecSession {
    /// Finds the values of its variables, as they are now.
    let resolve: @Sendable () throws -> ExecVariables
    /// Its name and its arguments.
    let command: [String]
    /// Whether values are replaced in what it writes.
    var masksOutput = false
    /// Where each secret has a file; nil for none.
    var filesFolder: String?

    /// Runs the command in place of this process: nothing has to be done around it.
    ///
    /// - Returns: only when it cannot be run.
    func becomeCommand() throws -> Program.Failure {
        let launch = try launch(try resolve())
        return ChildProcess.become(launch.program, launch.environment)
    }

    /// Runs the command beside this process, to its end.
    ///
    /// - Parameter overseers: whoever may restart or end it meanwhile.
    /// - Returns: its exit code.
    /// - Throws: why it does not start.
    func supervise(_ overseers: [any CommandOverseer]) throws -> Int32 {
        let variables = try resolve()
        let first = try launch(variables)
        // From here on an interruption is for the command, and the files are removed after it.
        let signals = HeldSignals()
        let files = try filesFolder.map { folder in try SecretFiles(in: folder) }
        defer { files?.remove() }
        try files?.write(variables)
        if let unmasked = first.maskedValues?.unmasked, !unmasked.isEmpty {
            Terminal.remark("too short to be masked: \(unmasked.joined(separator: ", "))")
        }
        let supervisor = Supervisor(
            signals,
            started: { overseers.forEach { $0.hasStarted() } },
            rested: { overseers.forEach { $0.hasRested() } }
        )
        let command = SupervisedCommand(of: self, supervisor, files, startedWith: variables)
        overseers.forEach { $0.begin(command) }
        defer { overseers.forEach { $0.stop() } }
        return try supervisor.run(first, isAtRest: overseers.contains { $0.startsAtRest })
    }

    /// The way to start the command with some variables.
    func launch(_ variables: ExecVariables) throws(Program.Failure) -> Supervisor.Launch {
        var environment = ChildEnvironment.ofThisProcess
        for variable in variables.all {
            if let value = variable.value { environment.set(variable.name, to: value) }
        }
        let path = environment.value(of: "PATH").map { String(decoding: $0, as: UTF8.self) }
        return Supervisor.Launch(
            program: try Program(command, searchPath: path),
            environment: environment,
            maskedValues: masksOutput ? variables.masked : nil
        )
    }
}

extension SecretFiles {
    /// A file for each variable with a secret's value.
    func write(_ variables: ExecVariables) throws(Failure) {
        for (name, source) in variables.secrets { try write(source.contents, as: name) }
    }
}
