internal import ArgumentParser
internal import JSON

extension ControlClient {
    /// The object that a control call answers, and its text.
    ///
    /// - Parameters:
    ///   - method: of HTTP.
    ///   - path: with its query.
    ///   - body: JSON, or nil for none.
    /// - Returns: what was answered with the status 200.
    /// - Throws: `ExitCode(1)` after one line on standard error that says why there is none.
    func object(
        _ method: String,
        _ path: String,
        body: JSONValue? = nil
    ) throws -> (members: JSONObject, text: String) {
        do throws(Unreachable) {
            let answer = try send(method, path, body: body?.jsonText())
            guard case .object(let object)? = try? JSONParser.parse(Array(answer.body.utf8)) else {
                throw Unreachable(reason: "its answer makes no sense")
            }
            if answer.status == "200" { return (object, answer.body) }
            Terminal.failure(object.text("message") ?? "the server answered \(answer.status)")
        } catch {
            reportUnreachable(error.reason)
        }
        throw ExitCode(1)
    }
}

extension JSONObject {
    /// A member that is a string.
    func text(_ name: String) -> String? {
        guard case .string(let text)? = self[name] else { return nil }
        return text
    }
}
