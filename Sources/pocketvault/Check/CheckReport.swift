internal import JSON
internal import Notation
internal import PocketvaultServer

/// What a check found, in the forms in which it is told.
struct CheckReport {
    /// A practice by its name.
    struct Rule {
        let name: String
        let practice: String
    }

    let secrets: Int64
    let unopened: [String]
    let rules: [Rule]
    var findings: [Finding]

    /// The server's part.
    init(_ answer: JSONObject, ignoring ignored: Set<String>) {
        secrets = answer.integer("secrets") ?? 0
        unopened = answer.texts("unopened")
        rules = answer.objects("rules").map { rule in
            Rule(name: rule.text("name") ?? "", practice: rule.text("practice") ?? "")
        }
        findings = answer.objects("findings").map(Finding.init).filter { finding in
            !ignored.contains(finding.rule)
        }
    }

    /// For people.
    var summary: String {
        let looked = "\(secrets) \(secrets == 1 ? "secret" : "secrets") checked"
        let found =
            findings.isEmpty
            ? "no findings" : "\(findings.count) \(findings.count == 1 ? "finding" : "findings")"
        return "\(looked): \(found)"
    }

    /// For programs.
    var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("secrets")
        writer.integer(secrets)
        writer.name("unopened")
        writer.beginArray()
        for name in unopened { writer.string(name) }
        writer.endArray()
        writer.name("findings")
        writer.beginArray()
        for finding in findings { finding.json.write(to: &writer) }
        writer.endArray()
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// For code scanning: [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
    ///
    /// What concerns a secret has its ARN, which is a URI, for its place.
    var sarif: String {
        let driver: JSONValue = .record([
            ("name", .string("pocketvault")), ("version", .string(Server.version)),
            ("rules", .array(rules.map(CheckReport.sarif))),
        ])
        let run: JSONValue = .record([
            ("tool", .record([("driver", driver)])),
            ("results", .array(findings.map(sarif))),
        ])
        return JSONValue.record([
            ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
            ("version", .string("2.1.0")), ("runs", .array([run])),
        ]).jsonText()
    }

    private static func sarif(_ rule: Rule) -> JSONValue {
        .record([
            ("id", .string(rule.name)),
            ("shortDescription", .record([("text", .string(rule.practice))])),
        ])
    }

    private func sarif(_ finding: Finding) -> JSONValue {
        var physical: [(String, JSONValue)] = [
            (
                "artifactLocation",
                .record([("uri", .string(CheckReport.uri(of: finding)))])
            )
        ]
        if let place = finding.place {
            let line = JSONValue.number(JSONNumber(Int64(place.line)))
            physical.append(("region", .record([("startLine", line)])))
        }
        let logical: JSONValue = .record([
            ("fullyQualifiedName", .string(finding.arn ?? finding.secret))
        ])
        let index = rules.firstIndex { $0.name == finding.rule } ?? 0
        return .record([
            ("ruleId", .string(finding.rule)),
            ("ruleIndex", .number(JSONNumber(Int64(index)))),
            ("level", .string("warning")),
            ("message", .record([("text", .string("\(finding.secret): \(finding.message)"))])),
            (
                "locations",
                .array([
                    .record([
                        ("physicalLocation", .record(physical)),
                        ("logicalLocations", .array([logical])),
                    ])
                ])
            ),
        ])
    }

    private static func uri(of finding: Finding) -> String {
        guard let place = finding.place else {
            return finding.arn
                ?? "pocketvault:\(PercentEncoding.encode(finding.secret, keeping: "/"))"
        }
        return PercentEncoding.encode(place.path, keeping: "/")
    }
}

extension JSONValue {
    /// An object of these members.
    fileprivate static func record(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(JSONObject(members.map { (name: $0.0, value: $0.1) }))
    }
}
