internal import Client
internal import JSON

/// Tools for what a vault knows of its callers, and for its clock.
struct ControlTools: Sendable {
    let control: ControlClient

    var all: [MCPTool] { [reads, explain, suggest, check, clock] }

    private var reads: MCPTool {
        MCPTool(
            "who_read",
            "Lists who read which secret's value and when, from the audit trail, the newest last.",
            [
                .init("secret", .string, "Only of this secret, by its name or ARN."),
                .init("principal", .string, "Only by this caller, by its ARN."),
                .init("since", .string, "Only from a moment on, as 2026-11-24T10:00:00Z."),
                .init("limit", .integer, "At most so many, 1 to 1000. Default: 50."),
            ]
        ) { arguments, _ throws(ToolFailure) in
            let answer = try get(
                "/_pocketvault/audit",
                [
                    ("event", "GetSecretValue"), ("secret", arguments.text("secret")),
                    ("principal", arguments.text("principal")), ("since", arguments.text("since")),
                    ("limit", arguments.integer("limit").map { String($0) }),
                ]
            )
            let reads = answer.objects("records").map { JSONValue.object(ControlTools.read($0)) }
            return JSONObject([("reads", .array(reads))])
        }
    }

    private static func read(_ entry: JSONObject) -> JSONObject {
        let record = entry.object("record") ?? JSONObject([])
        let members: [(name: String, value: String?)] = [
            ("time", record.text("eventTime")), ("secret", entry.text("secret")),
            ("principal", record.object("userIdentity")?.text("arn")),
            ("address", record.text("sourceIPAddress")), ("userAgent", record.text("userAgent")),
            ("error", record.text("errorCode")), ("requestId", record.text("requestID")),
            ("decision", entry.text("decision")),
        ]
        return JSONObject(
            members.compactMap { member in
                member.value.map { (name: member.name, value: .string($0)) }
            }
        )
    }

    private var explain: MCPTool {
        MCPTool(
            "explain_refusal",
            "Explains why policies refused a call, or what came nearest to allowing it.",
            [
                .init(
                    "request_id",
                    .string,
                    "The request id of the call. Default: the newest refusal."
                )
            ]
        ) { arguments, _ throws(ToolFailure) in
            try get(
                "/_pocketvault/policy/explain",
                [("request", arguments.text("request_id"))]
            )
        }
    }

    private var suggest: MCPTool {
        MCPTool(
            "suggest_policy",
            "Suggests the least policy that a caller's observed calls need.",
            [.init("principal", .string, "The ARN of who calls.", required: true)]
        ) { arguments, _ throws(ToolFailure) in
            try get(
                "/_pocketvault/policy/suggest",
                [("principal", arguments.text("principal"))]
            )
        }
    }

    private var check: MCPTool {
        MCPTool(
            "check_practices",
            "Tells which secrets break good practice: old, shared between environments, never read, "
                + "placeholders, public policies, keys that one environment lacks.",
            [.init("prefix", .string, "Only secrets whose names begin so.")]
        ) { arguments, _ throws(ToolFailure) in
            let answer = try get(
                "/_pocketvault/check",
                [("prefix", arguments.text("prefix"))]
            )
            return JSONObject(answer.members.filter { $0.name != "rules" })
        }
    }

    private var clock: MCPTool {
        MCPTool(
            "advance_clock",
            "Moves the vault's clock, so that rotations and deletions fall due, and tells which did.",
            [
                .init("by", .string, "A length of time, as P31D or PT90M."),
                .init("to", .string, "A moment, as 2027-01-01T00:00:00Z."),
                .init("reset", .boolean, "Back to the machine's time."),
            ],
            readOnly: false
        ) { arguments, _ throws(ToolFailure) in
            let orders: [(name: String, value: JSONValue)] = [
                ("advance", arguments.text("by").map(JSONValue.string)),
                ("set", arguments.text("to").map(JSONValue.string)),
                ("reset", arguments.flag("reset") ? .bool(true) : nil),
            ].compactMap { order in order.1.map { (name: order.0, value: $0) } }
            guard orders.count == 1 else {
                throw ToolFailure("Give one of the arguments by, to and reset.")
            }
            return try ToolFailure.wrapping { () throws(ClientError) in
                try control.object(
                    "POST",
                    "/_pocketvault/clock",
                    body: .object(JSONObject(orders))
                ).members
            }
        }
    }

    private func get(
        _ path: String,
        _ fields: [(name: String, value: String?)]
    ) throws(ToolFailure) -> JSONObject {
        try ToolFailure.wrapping { () throws(ClientError) in
            try control.object("GET", ControlPath.with(path, fields)).members
        }
    }
}
