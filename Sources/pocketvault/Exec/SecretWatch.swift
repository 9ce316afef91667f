internal import Client
internal import Dispatch
internal import Glibc
internal import Invocation
internal import JSON

/// Listens to what happens in a vault, and has a command restarted when a secret of its changes.
final class SecretWatch: CommandOverseer {
    private let control: ControlClient
    private let cancellation = Cancellation()

    /// - Parameter control: of the server.
    init(_ control: ControlClient) {
        self.control = control
    }

    func begin(_ command: SupervisedCommand) {
        DispatchQueue(label: "watch").async { [self] in listen(for: command) }
    }

    func stop() {
        cancellation.cancel()
    }

    /// Comes again when the server was away; what happened before it listens is not known, so that the
    /// secrets are looked at then.
    private func listen(for command: SupervisedCommand) {
        var lastID: String?
        while !cancellation.isCancelled {
            do throws(ClientError) {
                try control.events(
                    "/_pocketvault/stream",
                    after: lastID,
                    until: cancellation,
                    opened: command.renew
                ) { [cancellation] event in
                    lastID = event.id ?? lastID
                    if SecretWatch.concerns(command, event) { command.renew() }
                    return !cancellation.isCancelled
                }
            } catch {
                if error == .cancelled { return }
            }
            usleep(500_000)
        }
    }

    private static func concerns(_ command: SupervisedCommand, _ event: StreamEvent) -> Bool {
        guard event.name == "call" || event.name == "service" else { return event.name == "lost" }
        guard case .object(let entry)? = try? JSONParser.parse(Array(event.data.utf8)),
            let arn = entry.text("secret"), command.uses(arn)
        else { return false }
        return entry.object("record")?["readOnly"] != .bool(true)
    }
}
