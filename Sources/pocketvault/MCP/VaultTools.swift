internal import Client
internal import Glibc
internal import Invocation
internal import JSON
internal import Notation

/// Tools for the secrets of a vault; none of them returns a value.
struct VaultTools: Sendable {
    let client: VaultClient

    var all: [MCPTool] { [list, describe, create, rotate] }

    private var list: MCPTool {
        MCPTool(
            "list_secrets",
            "Lists secrets with descriptions, tags and dates. Returns no values.",
            [
                .init("prefix", .string, "Only names that begin so."),
                .init("tag_key", .string, "Only secrets with a tag of this key."),
                .init("tag_value", .string, "Only secrets with a tag of this value."),
                .init("include_deleted", .boolean, "Also those that are scheduled for deletion."),
                .init("limit", .integer, "At most so many, 1 to 1000. Default: 100."),
            ]
        ) { arguments, _ throws(ToolFailure) in
            let limit = arguments.integer("limit") ?? 100
            guard (1...1_000).contains(limit) else {
                throw ToolFailure("The argument limit is a number from 1 to 1000.")
            }
            let filters = [("name", "prefix"), ("tag-key", "tag_key"), ("tag-value", "tag_value")]
                .compactMap { key, argument in
                    arguments.text(argument).map { value in
                        JSONValue.object(
                            JSONObject([
                                ("Key", .string(key)), ("Values", .array([.string(value)])),
                            ])
                        )
                    }
                }
            var members: [(name: String, value: JSONValue)] = [
                ("IncludePlannedDeletion", .bool(arguments.flag("include_deleted")))
            ]
            if !filters.isEmpty { members.append(("Filters", .array(filters))) }
            let asked = JSONObject(members)
            let found = try ToolFailure.wrapping { () throws(ClientError) in
                try client.all("ListSecrets", asked, list: "SecretList")
            }
            return JSONObject([
                ("secrets", .array(found.prefix(Int(limit)).map { .object(VaultTools.told($0)) })),
                ("more", .bool(found.count > Int(limit))),
            ])
        }
    }

    private var describe: MCPTool {
        MCPTool(
            "describe_secret",
            "Tells all about a secret but its value: versions and their labels, tags, rotation, "
                + "replicas, dates, the resource policy.",
            [.init("secret", .string, "Its name or ARN.", required: true)]
        ) { arguments, _ throws(ToolFailure) in
            let id = JSONObject([("SecretId", .string(arguments.text("secret") ?? ""))])
            let found = try ToolFailure.wrapping { () throws(ClientError) in
                try client.call("DescribeSecret", id)
            }
            var members = VaultTools.told(found).members
            // Who may describe a secret need not be let near its policy.
            if let policy = try? client.call("GetResourcePolicy", id),
                let text = policy.text("ResourcePolicy")
            {
                members.append(("ResourcePolicy", .string(text)))
            }
            return JSONObject(members)
        }
    }

    private var create: MCPTool {
        MCPTool(
            "create_secret",
            "Creates a secret with a random value that nobody sees. With template and key the value "
                + "is that JSON object with the random text under the key.",
            [
                .init("name", .string, "Its name, as app/prod/database.", required: true),
                .init("description", .string, "What it is."),
                .init("tags", .object, "Tags, as {\"Environment\":\"production\"}."),
                .init("length", .integer, "Characters of the random text. Default: 32."),
                .init("exclude_punctuation", .boolean, "Letters and digits only."),
                .init("template", .object, "What else the value holds, as {\"username\":\"app\"}."),
                .init("key", .string, "Where the random text goes. Default: password."),
            ],
            readOnly: false
        ) { arguments, _ throws(ToolFailure) in
            let password = try password(
                arguments.integer("length") ?? 32,
                excludePunctuation: arguments.flag("exclude_punctuation")
            )
            guard arguments.text("key") == nil || arguments.object("template") != nil else {
                throw ToolFailure("The argument key goes with template.")
            }
            let value =
                arguments.object("template").map { template in
                    let key = arguments.text("key") ?? "password"
                    return JSONObject(template.members + [(key, .string(password))]).jsonText()
                } ?? password
            var members: [(name: String, value: JSONValue)] = [
                ("Name", .string(arguments.text("name") ?? "")), ("SecretString", .string(value)),
            ]
            if let description = arguments.text("description") {
                members.append(("Description", .string(description)))
            }
            if let tags = arguments.object("tags") {
                members.append(("Tags", .array(try tags.members.map(VaultTools.tag))))
            }
            let asked = JSONObject(members)
            return try ToolFailure.wrapping { () throws(ClientError) in
                try client.call("CreateSecret", asked)
            }
        }
    }

    private func password(_ length: Int64, excludePunctuation: Bool) throws(ToolFailure) -> String {
        let asked = JSONObject([
            ("PasswordLength", .number(JSONNumber(length))),
            ("ExcludePunctuation", .bool(excludePunctuation)),
        ])
        let answer = try ToolFailure.wrapping { () throws(ClientError) in
            try client.call("GetRandomPassword", asked)
        }
        guard let password = answer.text("RandomPassword") else {
            throw ToolFailure("The server made no random value.")
        }
        return password
    }

    private static func tag(
        _ member: (name: String, value: JSONValue)
    ) throws(ToolFailure) -> JSONValue {
        guard case .string(let value) = member.value else {
            throw ToolFailure("The tag \(member.name) must be a string.")
        }
        return .object(JSONObject([("Key", .string(member.name)), ("Value", .string(value))]))
    }

    private var rotate: MCPTool {
        MCPTool(
            "rotate_secret",
            "Rotates a secret with its rotation function, and waits up to ten seconds for the end.",
            [
                .init("secret", .string, "Its name or ARN.", required: true),
                .init("function_arn", .string, "The function, when it has none yet."),
                .init("days", .integer, "Rotate again every so many days."),
            ],
            readOnly: false
        ) { arguments, cancellation throws(ToolFailure) in
            let id = (name: "SecretId", value: JSONValue.string(arguments.text("secret") ?? ""))
            var members = [id]
            if let function = arguments.text("function_arn") {
                members.append(("RotationLambdaARN", .string(function)))
            }
            if let days = arguments.integer("days") {
                let rules = JSONObject([("AutomaticallyAfterDays", .number(JSONNumber(days)))])
                members.append(("RotationRules", .object(rules)))
            }
            let asked = JSONObject(members)
            let begun = try ToolFailure.wrapping { () throws(ClientError) in
                try client.call("RotateSecret", asked)
            }
            let version = begun.text("VersionId") ?? ""
            let isDone = waitForCurrent(version, JSONObject([id]), cancellation)
            return JSONObject(begun.members + [(name: "finished", value: .bool(isDone))])
        }
    }

    private func waitForCurrent(
        _ version: String,
        _ secret: JSONObject,
        _ cancellation: Cancellation
    ) -> Bool {
        for _ in 0..<100 where !cancellation.isCancelled {
            let described = try? client.call("DescribeSecret", secret)
            let labels = described?.object("VersionIdsToStages")?.texts(version) ?? []
            if labels.contains("AWSCURRENT") { return true }
            usleep(100_000)
        }
        return false
    }

    /// An answer with its dates as people write them.
    static func told(_ object: JSONObject) -> JSONObject {
        JSONObject(
            object.members.map { member in
                guard member.name.hasSuffix("Date"), case .number(let number) = member.value,
                    let seconds = Double(number.text)
                else { return member }
                let time = Timestamp(milliseconds: Int64(seconds * 1_000))
                return (member.name, .string(time.text))
            }
        )
    }
}

extension ToolFailure {
    /// Runs a call; what the service refuses it with is told to the model.
    static func wrapping<Value>(
        _ body: () throws(ClientError) -> Value
    ) throws(ToolFailure) -> Value {
        do throws(ClientError) {
            return try body()
        } catch {
            throw ToolFailure(error.description)
        }
    }
}
