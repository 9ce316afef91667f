internal import ArgumentParser
internal import Client
internal import JSON

/// A call about the clock, and how its answer is shown.
struct ClockCall: ParsableArguments {
    @OptionGroup var server: ServerOption
    @Flag(help: "Print the server's answer as JSON.") var json = false

    /// Sends an order, or asks for the time without one.
    func send(_ order: JSONValue?) throws {
        var client = try server.control()
        // Moving the clock waits for what falls due on the way.
        client.timeoutSeconds = 600
        let method = order == nil ? "GET" : "POST"
        let answer = try client.object(method, "/_pocketvault/clock", body: order)
        Terminal.result(json ? answer.text : ClockCall.describe(answer.members))
    }

    private static func describe(_ object: JSONObject) -> String {
        var lines = [object.text("now") ?? ""]
        if case .number(let rate)? = object["rate"], rate.int64 != 1 {
            lines[0] += rate.int64 == 0 ? " (frozen)" : " (\(rate.text) times as fast)"
        }
        if case .array(let fired)? = object["fired"] {
            for case .object(let work) in fired {
                let parts = ["time", "event", "secret", "versionId", "error"]
                lines.append(parts.compactMap { work.text($0) }.joined(separator: " "))
            }
        }
        return lines.joined(separator: "\n")
    }
}
