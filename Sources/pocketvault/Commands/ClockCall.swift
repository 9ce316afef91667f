internal import ArgumentParser
internal import JSON

/// A call about the clock, and how its answer is shown.
struct ClockCall: ParsableArguments {
    @OptionGroup var server: ServerOption
    @Flag(help: "Print the server's answer as JSON.") var json = false

    /// Sends an order, or asks for the time without one.
    func send(_ order: JSONValue?) throws {
        var client = try server.client(for: "clock")
        // Moving the clock waits for what falls due on the way.
        client.timeoutSeconds = 600
        do throws(ControlClient.Unreachable) {
            let answer = try client.send(
                order == nil ? "GET" : "POST",
                "/_pocketvault/clock",
                body: order?.jsonText()
            )
            if try show(answer) { return }
        } catch {
            client.reportUnreachable(error.reason)
        }
        throw ExitCode(1)
    }

    /// False when the server refused.
    private func show(_ answer: ControlClient.Answer) throws(ControlClient.Unreachable) -> Bool {
        guard case .object(let object)? = try? JSONParser.parse(Array(answer.body.utf8)) else {
            throw ControlClient.Unreachable(reason: "its answer makes no sense")
        }
        guard answer.status == "200" else {
            Terminal.failure(object.text("message") ?? "the server answered \(answer.status)")
            return false
        }
        Terminal.result(json ? answer.body : ClockCall.describe(object))
        return true
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

extension JSONObject {
    /// A member that is a string.
    func text(_ name: String) -> String? {
        guard case .string(let text)? = self[name] else { return nil }
        return text
    }
}
