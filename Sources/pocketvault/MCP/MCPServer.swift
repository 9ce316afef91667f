internal import Dispatch
internal import Invocation
internal import JSON
internal import Threads

/// Serves tools over the Model Context Protocol: a line of JSON-RPC each way, on standard input and
/// output.
///
/// [Specification](https://modelcontextprotocol.io/specification/2025-11-25). Tools run one after the
/// other, on a queue, so that a ping is answered and a call can be cancelled meanwhile.
final class MCPServer: Sendable {
    private let tools: [MCPTool]
    private let send: @Sendable (JSONValue) -> Void
    private let queue = DispatchQueue(label: "tools")
    /// The calls that have no answer yet, by their ids.
    private let calls = Locked<[String: Cancellation]>([:])

    /// - Parameters:
    ///   - tools: what is served.
    ///   - send: writes a message.
    init(_ tools: [MCPTool], send: @escaping @Sendable (JSONValue) -> Void) {
        self.tools = tools
        let order = Locked(())
        self.send = { message in order.withLock { _ in send(message) } }
    }

    /// Takes a line.
    func receive(_ line: [UInt8]) {
        guard let value = try? JSONParser.parse(line) else {
            return send(MCPAnswer.failure(.null, .unparsable))
        }
        // Batches were part of one revision.
        if case .array(let messages) = value { return receiveBatch(messages) }
        switch MCPMessage(value) {
        case .notification(let method, let parameters): note(method, parameters)
        case .answer: break
        case .invalid(let id): send(MCPAnswer.failure(id, .invalidRequest))
        case .request(let id, MCPServer.callMethod, let parameters): begin(id, parameters)
        case .request(let id, let method, let parameters):
            send(answer(id, method, parameters, Cancellation()))
        }
    }

    /// Waits for the calls that are under way, and gives up those that take longer than a moment:
    /// who has closed its end does not wait for them.
    func finish() {
        let isDone = DispatchSemaphore(value: 0)
        queue.async { isDone.signal() }
        if isDone.wait(timeout: .now() + .seconds(2)) == .success { return }
        for call in calls.withLock({ $0.values.map(\.self) }) { call.cancel() }
        isDone.wait()
    }

    private func receiveBatch(_ messages: [JSONValue]) {
        guard !messages.isEmpty else { return send(MCPAnswer.failure(.null, .invalidRequest)) }
        queue.async { [self] in
            let answers = messages.compactMap { message -> JSONValue? in
                switch MCPMessage(message) {
                case .notification, .answer: nil
                case .invalid(let id): MCPAnswer.failure(id, .invalidRequest)
                case .request(let id, let method, let parameters):
                    answer(id, method, parameters, Cancellation())
                }
            }
            if !answers.isEmpty { send(.array(answers)) }
        }
    }

    /// Of a cancelled call nothing more is told.
    private func begin(_ id: JSONValue, _ parameters: JSONObject) {
        let cancellation = Cancellation()
        let key = id.jsonText()
        calls.withLock { $0[key] = cancellation }
        queue.async { [self] in
            guard !cancellation.isCancelled else { return }
            let answer = answer(id, MCPServer.callMethod, parameters, cancellation)
            calls.withLock { $0[key] = nil }
            if !cancellation.isCancelled { send(answer) }
        }
    }

    private func note(_ method: String, _ parameters: JSONObject) {
        guard method == "notifications/cancelled", let id = parameters["requestId"] else { return }
        calls.withLock { $0.removeValue(forKey: id.jsonText()) }?.cancel()
    }

    private func answer(
        _ id: JSONValue,
        _ method: String,
        _ parameters: JSONObject,
        _ cancellation: Cancellation
    ) -> JSONValue {
        do throws(MCPError) {
            return MCPAnswer.success(id, try result(method, parameters, cancellation))
        } catch {
            return MCPAnswer.failure(id, error)
        }
    }

    private static let callMethod = "tools/call"
    private static let listMethod = "tools/list"
    private static let discoverMethod = "server/discover"

    private func result(
        _ method: String,
        _ parameters: JSONObject,
        _ cancellation: Cancellation
    ) throws(MCPError) -> JSONObject {
        guard try MCPRevision.isNamed(in: parameters) else {
            guard method != "initialize" else { return try MCPRevision.introduction(parameters) }
            return try plainResult(method, parameters, cancellation)
        }
        guard method != MCPServer.discoverMethod else {
            return MCPRevision.completed(MCPRevision.discovery, cacheable: true)
        }
        return MCPRevision.completed(
            try plainResult(method, parameters, cancellation),
            cacheable: method == MCPServer.listMethod
        )
    }

    /// What is the same in all revisions.
    private func plainResult(
        _ method: String,
        _ parameters: JSONObject,
        _ cancellation: Cancellation
    ) throws(MCPError) -> JSONObject {
        switch method {
        case "ping": return JSONObject([])
        case MCPServer.listMethod:
            return JSONObject([("tools", .array(tools.map(\.declaration)))])
        case MCPServer.callMethod: return try call(parameters, cancellation)
        default: throw .unknownMethod(method)
        }
    }

    private func call(
        _ parameters: JSONObject,
        _ cancellation: Cancellation
    ) throws(MCPError) -> JSONObject {
        guard let name = parameters.text("name") else {
            throw .invalidParameters("The parameter name is needed: which tool.")
        }
        guard let tool = tools.first(where: { $0.name == name }) else {
            throw .invalidParameters("Unknown tool: \(name)")
        }
        let given = parameters.object("arguments") ?? JSONObject([])
        guard parameters["arguments"] == nil || parameters.object("arguments") != nil else {
            throw .invalidParameters("The parameter arguments must be an object.")
        }
        do throws(ToolFailure) {
            let arguments = try MCPArguments(given, of: tool)
            return MCPServer.content(try tool.run(arguments, cancellation), isError: false)
        } catch {
            // For the model, which may do better the next time.
            return JSONObject([
                ("content", .array([MCPServer.text(error.message)])), ("isError", .bool(true)),
            ])
        }
    }

    /// As text for the model, and as it is for programs.
    private static func content(_ result: JSONObject, isError: Bool) -> JSONObject {
        JSONObject([
            ("content", .array([text(result.jsonText())])),
            ("structuredContent", .object(result)), ("isError", .bool(isError)),
        ])
    }

    private static func text(_ text: String) -> JSONValue {
        .object(JSONObject([("type", .string("text")), ("text", .string(text))]))
    }
}
