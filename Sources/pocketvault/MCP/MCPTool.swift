internal import Invocation
internal import JSON

/// Something that a model can have done.
struct MCPTool: Sendable {
    /// An argument, as JSON Schema describes it.
    struct Parameter: Sendable {
        enum Kind: String, Sendable {
            case string, integer, boolean, object
            /// An array of strings.
            case array
        }

        let name: String
        let kind: Kind
        let description: String
        var isRequired = false

        init(_ name: String, _ kind: Kind, _ description: String, required: Bool = false) {
            self.name = name
            self.kind = kind
            self.description = description
            isRequired = required
        }

        var schema: JSONValue {
            var members: [(name: String, value: JSONValue)] = [
                ("type", .string(kind.rawValue)), ("description", .string(description)),
            ]
            if kind == .array {
                members.append(("items", .object(JSONObject([("type", .string("string"))]))))
            }
            return .object(JSONObject(members))
        }
    }

    let name: String
    let description: String
    let parameters: [Parameter]
    /// Whether it changes nothing.
    let isReadOnly: Bool
    let run: @Sendable (MCPArguments, Cancellation) throws(ToolFailure) -> JSONObject

    init(
        _ name: String,
        _ description: String,
        _ parameters: [Parameter] = [],
        readOnly: Bool = true,
        run: @escaping @Sendable (MCPArguments, Cancellation) throws(ToolFailure) -> JSONObject
    ) {
        self.name = name
        self.description = description
        self.parameters = parameters
        isReadOnly = readOnly
        self.run = run
    }

    /// As `tools/list` has it.
    var declaration: JSONValue {
        let required = parameters.filter(\.isRequired).map { JSONValue.string($0.name) }
        let schema = JSONObject([
            ("type", .string("object")),
            (
                "properties",
                .object(JSONObject(parameters.map { (name: $0.name, value: $0.schema) }))
            ),
            ("required", .array(required)), ("additionalProperties", .bool(false)),
        ])
        let hints = JSONObject([
            ("readOnlyHint", .bool(isReadOnly)), ("openWorldHint", .bool(false)),
        ])
        return .object(
            JSONObject([
                ("name", .string(name)), ("description", .string(description)),
                ("inputSchema", .object(schema)), ("annotations", .object(hints)),
            ])
        )
    }
}

/// Why a tool did nothing, for the model; no value is in it.
struct ToolFailure: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}

/// The arguments of a call, which are those of its tool.
struct MCPArguments {
    private let members: JSONObject

    init(_ members: JSONObject, of tool: MCPTool) throws(ToolFailure) {
        for member in members.members {
            guard let parameter = tool.parameters.first(where: { $0.name == member.name }) else {
                let names = tool.parameters.map(\.name).joined(separator: ", ")
                throw ToolFailure(
                    "\(tool.name) has no argument \(member.name); it has: "
                        + (names.isEmpty ? "none" : names)
                )
            }
            guard MCPArguments.fits(member.value, parameter.kind) else {
                throw ToolFailure(
                    "The argument \(member.name) must be \(MCPArguments.words(parameter.kind))."
                )
            }
        }
        for parameter in tool.parameters where parameter.isRequired {
            guard members[parameter.name] != nil else {
                throw ToolFailure("The argument \(parameter.name) is needed.")
            }
        }
        self.members = members
    }

    func text(_ name: String) -> String? { members.text(name) }
    func integer(_ name: String) -> Int64? { members.integer(name) }
    func flag(_ name: String) -> Bool { members[name] == .bool(true) }
    func object(_ name: String) -> JSONObject? { members.object(name) }
    func texts(_ name: String) -> [String] { members.texts(name) }

    private static func fits(_ value: JSONValue, _ kind: MCPTool.Parameter.Kind) -> Bool {
        switch (kind, value) {
        case (.string, .string), (.boolean, .bool), (.object, .object): true
        case (.integer, .number(let number)): number.int64 != nil
        case (.array, .array(let elements)): elements.allSatisfy { $0.kind == .string }
        default: false
        }
    }

    private static func words(_ kind: MCPTool.Parameter.Kind) -> String {
        switch kind {
        case .string: "a string"
        case .integer: "a whole number"
        case .boolean: "true or false"
        case .object: "an object"
        case .array: "an array of strings"
        }
    }
}
