internal import ArgumentParser
internal import Client
internal import JSON

/// Says what AWS would charge for a vault.
struct Cost: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost",
        abstract: "Say what AWS would charge.",
        discussion: """
            $0.40 for a secret and month, replicas too, by the hour; nothing while a secret is \
            scheduled for deletion, nor for one that another AWS service manages; $0.05 for 10,000 \
            calls. Each line is rounded half up to a cent, and the lines add up to the total. \
            Without --since it is what is there now, for a whole month, with the calls of this \
            month so far. \(ServerOption.rule)

            Examples:
              pocketvault cost
              pocketvault cost --prefix driftsentry/prod/ --calls 1000
              pocketvault cost --since 2026-11-01T00:00:00Z --until 2026-11-15T00:00:00Z
            """
    )
    @OptionGroup var server: ServerOption
    @Flag(help: "What is there now, for a whole month. (default)") var month = false
    @Option(help: "What was there from a moment on, as 2026-11-24T10:00:00Z.") var since: String?
    @Option(help: "Up to a moment; with --since. (default: now)") var until: String?
    @Option(help: "Only secrets whose names begin so, and the calls about them.")
    var prefix: String?
    @Option(help: "So many calls, in place of those in the audit trail.") var calls: Int64?
    @Option(help: "The account. (default: the server's own)") var account: String?
    @Flag(help: "Print the server's answer as JSON; amounts are in cents.") var json = false

    func validate() throws {
        guard !month || (since == nil && until == nil) else {
            throw ValidationError("Give --month, or --since and --until, not both.")
        }
        guard until == nil || since != nil else {
            throw ValidationError("--until needs --since.")
        }
        if let calls, calls < 0 { throw ValidationError("--calls is a number from 0 on.") }
    }

    func run() throws {
        let path = ControlPath.with(
            "/_pocketvault/cost",
            [
                ("since", since), ("until", until), ("prefix", prefix),
                ("calls", calls.map(String.init)), ("account", account),
            ]
        )
        var client = try server.control()
        client.timeoutSeconds = 600
        let answer = try client.object("GET", path)
        Terminal.result(
            json ? answer.text : Cost.lines(answer.members).joined(separator: "\n")
        )
        Cost.tellGaps(in: answer.members)
    }

    /// A line for each secret, each environment, the calls and the total.
    private static func lines(_ bill: JSONObject) -> [String] {
        var rows: [[String]] = []
        for secret in bill.objects("secrets") {
            let region = secret["replica"] == .bool(true) ? "replica in " : ""
            rows.append([
                secret.text("name") ?? "", secret.text("environment") ?? "-",
                region + (secret.text("region") ?? ""), dollars(secret.integer("cents")),
            ])
        }
        for environment in bill.objects("environments") {
            let count = environment.integer("secrets") ?? 0
            rows.append([
                environment.text("environment") ?? "no environment", "",
                "\(count) \(count == 1 ? "secret" : "secrets")",
                dollars(environment.integer("cents")),
            ])
        }
        let calls = bill.object("calls") ?? JSONObject([])
        let count = calls.integer("count") ?? 0
        rows.append([
            "calls", "", "\(grouped(count)) \(count == 1 ? "call" : "calls")",
            dollars(calls.integer("cents")),
        ])
        rows.append(["total", "", "", dollars(bill.integer("totalCents"))])
        return TextColumns.lines(rows, right: [3])
    }

    /// Says what the trail cannot tell.
    private static func tellGaps(in bill: JSONObject) {
        if let start = bill.text("trailBegins"), let since = bill.text("since") {
            Terminal.remark(
                "the audit trail begins \(start): calls between \(since) and then are not counted"
            )
        }
        TrailCall.tellLoss(in: bill)
    }

    private static func dollars(_ cents: Int64?) -> String {
        let cents = cents ?? 0
        let rest = String(cents % 100)
        return "$\(grouped(cents / 100)).\(rest.count < 2 ? "0" : "")\(rest)"
    }

    /// With a comma before each three digits.
    private static func grouped(_ number: Int64) -> String {
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0, index % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}
