internal import AWS
internal import HTTPServer
internal import JSON
internal import Notation

/// Holds the secrets of an account against good practice: `GET /_pocketvault/check`, and
/// `POST /_pocketvault/check/scan` for texts that may hold a value.
///
/// Values are compared in here, and leave no record of a read. What is told is how old each is, which
/// no list of AWS's says, and which are equal: who hears that could guess a value by writing another
/// one, or by sending it in a text, so where signatures are verified only the root of the account is
/// told.
struct CheckControl: Sendable {
    let vault: any Vault
    let clock: VaultClock
    let access: ControlAccess
    let work: ControlWork

    /// Fields of the query: `account`, `prefix`, `days` after which a value is old, and `ages=true` for how
    /// old each is.
    @Sendable func check(_ request: HTTPRequest, _ reply: @escaping Reply) {
        work.run(reply) { () throws(ControlOrder.Refusal) in
            let fields = FormFields((request.query ?? "").utf8)
            let check = PracticeCheck(
                account: try access.account(of: request, named: fields["account"]),
                prefix: fields["prefix"] ?? "",
                days: try fields.number("days", 1...36_500) ?? CheckControl.practiceDays,
                now: clock.now()
            )
            let wantsAges = try fields.flag("ages")
            let report = try vault.controlReading { vault throws(APIError) in
                try check.report(vault)
            }
            return Answer(
                ControlAnswer.json(200) { writer in
                    writer.member("account", check.account)
                    writer.member("secrets", Int64(report.secrets))
                    writer.member("unopened", report.unopened)
                    if wantsAges { CheckControl.write(report.values, to: &writer) }
                    CheckControl.writeRules(to: &writer)
                    CheckControl.write(report.findings, to: &writer)
                },
                operation: "Check"
            )
        }
    }

    /// Looks for the values of an account in texts: `{"account","prefix","texts":[BASE64,…]}`.
    @Sendable func scan(_ request: HTTPRequest, _ reply: @escaping Reply) {
        work.run(reply) { () throws(ControlOrder.Refusal) in
            let order = try ScanOrder(request)
            let account = try access.account(of: request, named: order.account)
            let search = try vault.controlReading { vault throws(APIError) in
                try ValueSearch(account: account, prefix: order.prefix, vault)
            }
            let occurrences = search.occurrences(in: order.texts)
            return Answer(
                ControlAnswer.json(200) { writer in
                    writer.member("overlap", Int64(ValueSearch.overlap))
                    writer.name("found")
                    writer.beginArray()
                    for occurrence in occurrences {
                        writer.beginObject()
                        writer.member("text", Int64(occurrence.text))
                        writer.member("offset", Int64(occurrence.offset))
                        writer.member("secret", occurrence.owner.name)
                        writer.member("arn", occurrence.owner.arn)
                        writer.member("stagingLabel", occurrence.owner.stagingLabel)
                        writer.endObject()
                    }
                    writer.endArray()
                },
                operation: "Scan"
            )
        }
    }

    private static func write(
        _ values: [PracticeCheck.CurrentValue],
        to writer: inout JSONWriter
    ) {
        writer.name("madeAt")
        writer.beginObject()
        for value in values { writer.member(value.secretARN, value.madeAt.text) }
        writer.endObject()
    }

    private static func writeRules(to writer: inout JSONWriter) {
        writer.name("rules")
        writer.beginArray()
        for rule in PracticeRule.allCases {
            writer.beginObject()
            writer.member("name", rule.rawValue)
            writer.member("practice", rule.sentence)
            writer.endObject()
        }
        writer.endArray()
    }

    private static func write(_ findings: [PracticeFinding], to writer: inout JSONWriter) {
        writer.name("findings")
        writer.beginArray()
        for finding in findings {
            writer.beginObject()
            writer.member("rule", finding.rule.rawValue)
            writer.member("secret", finding.name)
            writer.member("arn", finding.arn)
            writer.member("message", finding.message)
            writer.member("others", finding.others)
            writer.endObject()
        }
        writer.endArray()
    }

    /// After so many days teams change their values.
    private static let practiceDays: Int64 = 90
}

/// The body of a scan.
private struct ScanOrder {
    let account: String?
    let prefix: String
    let texts: [[UInt8]]

    init(_ request: HTTPRequest) throws(ControlOrder.Refusal) {
        let members = try ControlOrder.members(of: request)
        account = try ScanOrder.text("account", in: members)
        prefix = try ScanOrder.text("prefix", in: members) ?? ""
        let refusal = ControlOrder.Refusal("The member texts is an array of texts in base64.")
        guard case .array(let elements)? = members["texts"] else { throw refusal }
        var texts: [[UInt8]] = []
        for element in elements {
            guard case .string(let text) = element, let bytes = Base64.decode(Array(text.utf8)[...])
            else { throw refusal }
            texts.append(bytes)
        }
        self.texts = texts
    }

    private static func text(
        _ name: String,
        in members: JSONObject
    ) throws(ControlOrder.Refusal) -> String? {
        guard let value = members[name] else { return nil }
        guard case .string(let text) = value else {
            throw ControlOrder.Refusal("The member \(name) must be a string.")
        }
        return text
    }
}
