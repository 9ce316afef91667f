internal import ArgumentParser
internal import Client
internal import JSON

/// Says whether the calls that were made are those that somebody expects.
struct AssertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assert",
        abstract: "Hold the calls that were made against what you expect.",
        discussion: """
            Without an expectation it prints where the audit trail is now: the cursor for --since of \
            a later one. Ends with 1 when something is otherwise, and prints the calls that say so. \
            \(ServerOption.rule)

            Examples:
              since=$(pocketvault assert)
              pocketvault assert --since "$since" --event GetSecretValue --secret app/key --times 1
              pocketvault assert --since "$since" --refused --times 0
              pocketvault assert --since "$since" --event RotationSucceeded --at-least 1 --wait 5000
            """
    )
    @OptionGroup var server: ServerOption
    @Option(help: "After which place in the trail. (default: now)") var since: Int64?
    @Option(help: "Of one operation or event, as GetSecretValue.") var event: String?
    @Option(help: "About one secret, by name or ARN; * stands for any characters.")
    var secret: String?
    @Option(help: "By one caller, by its ARN; * stands for any characters.") var principal: String?
    @Option(help: "In one account.") var account: String?
    @Option(help: "Of one version.") var versionID: String?
    @Option(help: "With this error.") var errorCode: String?
    @Flag(inversion: .prefixedNo, help: "Whether policies had something against it.")
    var refused: Bool?
    @Option(help: "So many, and no more.") var times: Int64?
    @Option(help: "So many or more.") var atLeast: Int64?
    @Option(help: "So many or fewer.") var atMost: Int64?
    @Option(help: "So many or fewer in any minute of the vault's time.") var perMinuteAtMost: Int64?
    @Option(help: "Wait so many milliseconds for it to be so. (default: 0)") var wait: Int64?
    @Flag(help: "Print the server's answer as JSON.") var json = false

    private var bounds: [(name: String, value: Int64)] {
        [
            ("times", times), ("atLeast", atLeast), ("atMost", atMost),
            ("perMinuteAtMost", perMinuteAtMost),
        ].compactMap { name, value in value.map { (name, $0) } }
    }

    func validate() throws {
        guard bounds.count <= 1 else {
            throw ValidationError(
                "Give one of --times, --at-least, --at-most and --per-minute-at-most."
            )
        }
        guard !bounds.isEmpty || (conditions.isEmpty && wait == nil && since == nil) else {
            throw ValidationError(
                "Say how many: --times, --at-least, --at-most or --per-minute-at-most."
            )
        }
    }

    private var conditions: [(name: String, value: JSONValue)] {
        let texts = [
            ("event", event), ("secret", secret), ("principal", principal), ("account", account),
            ("versionId", versionID), ("errorCode", errorCode),
        ]
        var members = texts.compactMap { name, text in
            text.map { (name: name, value: JSONValue.string($0)) }
        }
        if let refused { members.append(("refused", .bool(refused))) }
        return members
    }

    func run() throws {
        var members: [(name: String, value: JSONValue)] = []
        if let since { members.append(("since", .number(JSONNumber(since)))) }
        if let wait { members.append(("waitMilliseconds", .number(JSONNumber(wait)))) }
        if let bound = bounds.first {
            let number = (name: bound.name, value: JSONValue.number(JSONNumber(bound.value)))
            let expectation = JSONValue.object(JSONObject(conditions + [number]))
            members.append(("expect", .array([expectation])))
        }
        var client = try server.control()
        client.timeoutSeconds = 600 + Int((wait ?? 0) / 1_000)
        let answer = try client.object(
            "POST",
            "/_pocketvault/assert",
            body: .object(JSONObject(members))
        )
        let hasPassed = answer.members.flag("passed") == true
        if json {
            Terminal.result(answer.text)
        } else if hasPassed {
            Terminal.result(String(answer.members.integer("cursor") ?? 0))
        } else {
            tell(answer.members)
        }
        if !hasPassed { throw ExitCode(1) }
    }

    private func tell(_ answer: JSONObject) {
        for failure in answer.objects("failures") {
            for call in failure.objects("calls") {
                Terminal.result(TrailLine(call)?.text ?? "")
            }
            let found = failure.integer("found") ?? 0
            let expected = bounds.first.map { "\($0.name) \($0.value)" } ?? ""
            Terminal.failure("expected \(expected), found \(found)")
        }
    }
}
