internal import Dispatch
internal import Threads

/// Whoever decides about a command while it runs: because a secret has changed, or a service is
/// deployed.
protocol CommandOverseer: Sendable {
    /// Begins to look, before the command's first start.
    func begin(_ command: SupervisedCommand)
    /// Whether the command waits for a restart before it is first started.
    var startsAtRest: Bool { get }
    /// The command was started, for the first time or anew.
    func hasStarted()
    /// The command has ended, and waits for a restart.
    func hasRested()
    /// The command has ended, and with it all that there is to decide.
    func stop()
}

extension CommandOverseer {
    var startsAtRest: Bool { false }
    func hasStarted() {}
    func hasRested() {}
}

/// A command that runs, as its overseers see it; they may call from any thread.
final class SupervisedCommand: Sendable {
    private let session: ExecSession
    private let supervisor: Supervisor
    private let variables: Locked<ExecVariables>
    private let files: SecretFiles?
    private let renewals = DispatchQueue(label: "renewals")

    init(
        of session: ExecSession,
        _ supervisor: Supervisor,
        _ files: SecretFiles?,
        startedWith variables: ExecVariables
    ) {
        self.session = session
        self.supervisor = supervisor
        self.variables = Locked(variables)
        self.files = files
    }

    /// Whether it has a value of the secret with this ARN.
    func uses(_ arn: String) -> Bool { variables.withLock { $0.arns.contains(arn) } }

    /// Restarts it if its secrets have other values now.
    func renew() { renew { $0 != $1 } }

    /// Restarts it with the values that its secrets have now.
    func restart() { renew { _, _ in true } }

    /// Ends it and waits for a restart.
    func rest() { supervisor.rest() }

    /// Ends it, and exec with it.
    func end() { supervisor.end() }

    private func renew(
        if isDue: @escaping @Sendable (_ former: ExecVariables, _ new: ExecVariables) -> Bool
    ) {
        renewals.async { [self] in
            do {
                let new = try session.resolve()
                guard isDue(variables.withLock { $0 }, new) else { return }
                let launch = try session.launch(new)
                try files?.write(new)
                variables.withLock { $0 = new }
                supervisor.restart(launch)
            } catch {
                Terminal.failure("\(error); the command goes on with what it has")
            }
        }
    }
}
