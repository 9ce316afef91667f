internal import Client
internal import JSON

/// What only `--allow-values` serves.
struct ValueTools: Sendable {
    let client: VaultClient

    var all: [MCPTool] { [get] }

    private var get: MCPTool {
        MCPTool(
            "get_secret_value",
            "Returns the value of a secret. It then is in the context of the model.",
            [
                .init("secret", .string, "Its name or ARN.", required: true),
                .init("version_id", .string, "Of one version."),
                .init("version_stage", .string, "Of the version with this label."),
            ]
        ) { arguments, _ throws(ToolFailure) in
            let names = [
                ("SecretId", "secret"), ("VersionId", "version_id"),
                ("VersionStage", "version_stage"),
            ]
            let asked = JSONObject(
                names.compactMap { name, argument in
                    arguments.text(argument).map { (name: name, value: .string($0)) }
                }
            )
            return VaultTools.told(
                try ToolFailure.wrapping { () throws(ClientError) in
                    try client.call("GetSecretValue", asked)
                }
            )
        }
    }
}
