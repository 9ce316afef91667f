internal import ArgumentParser
internal import Glibc
internal import JSON

/// A look at the audit trail, and how its records are shown.
struct TrailCall: ParsableArguments {
    @OptionGroup var server: ServerOption
    @Option(help: "How many of the newest, 1 to 1000.") var limit = 50
    @Flag(name: .shortAndLong, help: "Go on with what happens, until interrupted.")
    var follow = false
    @Flag(help: "Print each record as CloudTrail has it, a line of JSON.") var json = false

    func validate() throws {
        guard (1...1_000).contains(limit) else {
            throw ValidationError("--limit is a number from 1 to 1000.")
        }
    }

    /// Shows the newest records that the fields ask for, and then what follows.
    func show(_ fields: [(String, String?)], command: String) throws {
        let client = try server.client(for: command)
        var last = try page(client, fields + [("limit", String(limit))])
        while follow {
            // Reads reach the trail within 100 ms, so a shorter sleep would show nothing sooner.
            usleep(250_000)
            last = try page(client, fields + [("after", String(last)), ("limit", "1000")])
        }
    }

    /// Prints a page and gives the place to go on from.
    private func page(_ client: ControlClient, _ fields: [(String, String?)]) throws -> Int64 {
        let query = fields.compactMap { name, value in
            value.map { "\(name)=\(TrailCall.escaped($0))" }
        }
        let path = "/_pocketvault/audit?" + query.joined(separator: "&")
        let object = try client.object("GET", path).members
        guard case .array(let records)? = object["records"],
            case .number(let last)? = object["last"]
        else { return 0 }
        for case .object(let record) in records { Terminal.result(line(record)) }
        return last.int64 ?? 0
    }

    private func line(_ entry: JSONObject) -> String {
        guard case .object(let record)? = entry["record"] else { return "" }
        if json { return JSONValue.object(record).jsonText() }
        let secret = entry.text("secret")
        if record.text("eventType") == "AwsServiceEvent" {
            return [
                record.text("eventTime"), record.text("eventName"), secret,
                version(record, secret ?? ""), record.text("errorMessage"),
            ].compactMap(\.self).joined(separator: " ")
        }
        var caller = "-"
        if case .object(let identity)? = record["userIdentity"] {
            caller = identity.text("arn") ?? identity.text("invokedBy") ?? caller
        }
        let failure = record.text("errorCode") ?? record.text("errorMessage")
        let columns = [
            record.text("eventTime"), record.text("eventName"), secret ?? "-", caller,
            record.text("sourceIPAddress"), failure,
        ]
        return (columns + [entry.text("decision")]).compactMap(\.self).joined(separator: " ")
    }

    /// The version that an event is about; those of rotations have it in their request id.
    private func version(_ record: JSONObject, _ secret: String) -> String? {
        if case .object(let data)? = record["additionalEventData"],
            let version = data.text("VersionId")
        {
            return version
        }
        let request = record.text("requestID") ?? ""
        let prefix = "Rotation-\(secret)-"
        return request.hasPrefix(prefix) ? String(request.dropFirst(prefix.count)) : nil
    }

    /// Percent-escapes all but letters, digits and what no query gives a meaning to.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                escaped += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return escaped
    }
}
