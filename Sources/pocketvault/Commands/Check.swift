internal import ArgumentParser
internal import Client

/// Says which practices a vault breaks.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say which practices the secrets break.",
        discussion: """
            The rules: not-rotated (a value that is 90 days old), same-value (two environments \
            share one), never-read (a secret that nobody has read in 90 days), environment-gone \
            (the tag Environment is missing, and others of the application have it), placeholder, \
            public-policy, missing-key (one environment lacks what the others have), value-in-file \
            and value-in-history. Values are compared inside the server and told to nobody; what \
            is scanned is sent to the server, which keeps nothing of it. Ends with 1 when there is \
            a finding. Where signatures are verified it needs the key of the account's root. \
            \(ServerOption.rule)

            Examples:
              pocketvault check
              pocketvault check --prefix driftsentry/prod/ --ignore never-read
              pocketvault check --scan . --scan-git --sarif > check.sarif
              docker logs app 2>&1 | pocketvault check --scan -
            """
    )
    @OptionGroup var server: ServerOption
    @Option(help: "Only what concerns secrets whose names begin so.") var prefix: String?
    @Option(help: "After how many days a value is old and a secret forgotten. (default: 90)")
    var days: Int?
    @Option(help: "The account. (default: the server's own)") var account: String?
    @Option(help: ArgumentHelp("A rule that does not count; may be repeated.", valueName: "rule"))
    var ignore: [String] = []
    @Option(
        help: ArgumentHelp(
            "A file or folder that must hold no value, - for standard input; may be repeated.",
            valueName: "path"
        )
    )
    var scan: [String] = []
    @Flag(help: "The history of the git repository here must hold no value either.")
    var scanGit = false
    @Flag(help: "Print the findings as JSON.") var json = false
    @Flag(help: "Print the findings as SARIF 2.1.0, for code scanning.") var sarif = false

    func validate() throws {
        guard !json || !sarif else { throw ValidationError("Give --json or --sarif, not both.") }
        if let days, !(1...36_500).contains(days) {
            throw ValidationError("--days is a number from 1 to 36500.")
        }
    }

    func run() throws {
        var client = try server.control()
        client.timeoutSeconds = 600
        let path = ControlPath.with(
            "/_pocketvault/check",
            [("prefix", prefix), ("days", days.map(String.init)), ("account", account)]
        )
        let answer = try client.object("GET", path).members
        var report = CheckReport(answer, ignoring: Set(ignore))
        if let unknown = ignore.first(where: { name in !report.rules.contains { $0.name == name } })
        {
            Terminal.failure("there is no rule \(unknown); see pocketvault check --help")
            throw ExitCode(1)
        }
        let unread = try addScans(to: &report, client)
        tell(report)
        for failure in unread { Terminal.failure("not scanned: \(failure)") }
        guard report.findings.isEmpty, unread.isEmpty else { throw ExitCode(1) }
    }

    /// - Returns: what could not be read.
    private func addScans(to report: inout CheckReport, _ client: ControlClient) throws -> [String]
    {
        var failures: [String] = []
        if !scan.isEmpty, !ignore.contains("value-in-file") {
            let scanner = try ValueScanner(client, account: account, prefix: prefix)
            var files = ScannedFiles()
            try files.scan(scan, with: scanner)
            try scanner.finish()
            failures = files.failures
            report.findings += scanner.hits.map { hit in
                let place = Finding.Place(
                    path: files.paths[hit.source],
                    line: hit.line,
                    commit: nil
                )
                return Finding(of: hit.value, at: place)
            }
        }
        if scanGit, !ignore.contains("value-in-history") {
            let scanner = try ValueScanner(client, account: account, prefix: prefix)
            var history = GitHistory()
            try history.scan(with: scanner)
            report.findings += try scanner.hits.map { hit in
                Finding(of: hit.value, at: try history.place(of: hit))
            }
        }
        return failures
    }

    private func tell(_ report: CheckReport) {
        if json {
            Terminal.result(report.json)
        } else if sarif {
            Terminal.result(report.sarif)
        } else {
            for finding in report.findings { Terminal.result(finding.line) }
        }
        if !report.unopened.isEmpty {
            Terminal.remark(
                "not compared, for they cannot be opened: \(report.unopened.joined(separator: ", "))"
            )
        }
        Terminal.remark(report.summary)
    }
}
