internal import JSON
internal import PocketvaultServer

/// The revisions of the protocol, and what differs between them.
///
/// Up to 2025-11-25 a client begins with `initialize`, and the revision holds for the connection. From
/// 2026-07-28 on every request names its revision in `_meta`, and `server/discover` tells what there
/// is.
enum MCPRevision {
    /// Those that `initialize` agrees on, the newest first.
    static let ofHandshake = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]
    /// Those that stand in each request.
    static let ofRequest = ["2026-07-28"]
    static let all = ofRequest + ofHandshake

    /// Whether a request is one that names its revision.
    ///
    /// - Throws: when that one is not spoken.
    static func isNamed(in parameters: JSONObject) throws(MCPError) -> Bool {
        guard let named = parameters.object("_meta")?[key("protocolVersion")] else { return false }
        guard case .string(let revision) = named else {
            throw .invalidParameters("The revision in _meta must be a string.")
        }
        guard ofRequest.contains(revision) else { throw .unsupportedRevision(revision) }
        return true
    }

    /// A result as a request that names its revision expects it.
    static func completed(_ result: JSONObject, cacheable: Bool) -> JSONObject {
        var members = result.members
        members.append(("resultType", .string("complete")))
        if cacheable {
            members.append(("ttlMs", .number(JSONNumber(0))))
            members.append(("cacheScope", .string("private")))
        }
        return JSONObject(members)
    }

    /// The answer to `initialize`: the client's own revision where it is spoken, else the newest.
    static func introduction(_ parameters: JSONObject) throws(MCPError) -> JSONObject {
        guard let wanted = parameters.text("protocolVersion") else {
            throw .invalidParameters("The parameter protocolVersion is needed.")
        }
        let revision = ofHandshake.contains(wanted) ? wanted : ofHandshake[0]
        return JSONObject([
            ("protocolVersion", .string(revision)), ("capabilities", capabilities),
            ("serverInfo", server), ("instructions", .string(instructions)),
        ])
    }

    /// The answer to `server/discover`.
    static var discovery: JSONObject {
        JSONObject([
            ("supportedVersions", .array(ofRequest.map(JSONValue.string))),
            ("capabilities", capabilities), ("instructions", .string(instructions)),
            ("_meta", .object(JSONObject([(key("serverInfo"), server)]))),
        ])
    }

    private static func key(_ name: String) -> String { "io.modelcontextprotocol/\(name)" }

    private static let capabilities = JSONValue.object(
        JSONObject([("tools", .object(JSONObject([("listChanged", .bool(false))])))])
    )

    private static let server = JSONValue.object(
        JSONObject([
            ("name", .string("pocketvault")), ("title", .string("Pocketvault")),
            ("version", .string(Server.version)),
        ])
    )

    private static let instructions = """
        Secrets of a Pocketvault, which stands in for AWS Secrets Manager. Work with names, never \
        with values: run_command gives a program the secrets that it needs and masks them in what \
        it writes, create_secret makes a value that nobody sees.
        """
}
