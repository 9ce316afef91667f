internal import Client
internal import Dispatch
internal import JSON

/// Shows how far a server is with seeds, where somebody looks: the call itself answers at the end.
final class SeedBar: Sendable {
    private let server: ControlClient
    private let isOver = DispatchSemaphore(value: 0)
    private let shown = DispatchGroup()

    /// Makes a call, and takes the bar away before its answer, or why there is none, is told.
    ///
    /// - Parameters:
    ///   - server: is asked while the call is on its way.
    ///   - call: has the server take seeds.
    /// - Returns: its answer.
    /// - Throws: as it does.
    static func during<Answer, Failure: Error>(
        _ server: ControlClient,
        _ call: () throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        let bar = SeedBar(of: server)
        defer { bar?.end() }
        return try call()
    }

    /// Nil where nobody looks.
    private init?(of server: ControlClient) {
        guard Terminal.isAttended else { return nil }
        var server = server
        server.timeoutSeconds = 2
        self.server = server
        DispatchQueue(label: "seed-bar").async(group: shown) { [self] in show() }
    }

    private func end() {
        isOver.signal()
        shown.wait()
    }

    private func show() {
        var latest = ProgressBar(of: 0)
        defer { latest.clear() }
        while isOver.wait(timeout: .now() + .milliseconds(200)) == .timedOut {
            guard let answer = try? server.object("GET", "/_pocketvault/seed/progress").members
            else {
                // An older server has no such path.
                return
            }
            guard let done = answer.integer("done"), let count = answer.integer("count") else {
                continue
            }
            latest = ProgressBar(of: Int(count))
            latest.show(Int(done), answer.flag("isComparing") == true ? "compared" : "done")
        }
    }
}
