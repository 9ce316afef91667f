internal import ArgumentParser
internal import Client
internal import Glibc
internal import Invocation
internal import JSON
internal import Notation

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
    ///
    /// - Parameters:
    ///   - fields: of the query.
    ///   - tellsLoss: whether records of calls that the trail lost are told of.
    /// - Throws: `ExitCode(1)` after one line on standard error that says why there is nothing to show.
    func show(_ fields: [(String, String?)], tellsLoss: Bool) throws {
        let client = try server.control()
        let query = (fields + [("limit", String(limit))]).compactMap { name, value in
            value.map { "\(name)=\(TrailCall.escaped($0))" }
        }.joined(separator: "&")
        if follow { return try listen(client, "/_pocketvault/stream?\(query)", tellsLoss) }
        let object = try client.object("GET", "/_pocketvault/audit?\(query)").members
        guard case .array(let records)? = object["records"] else { return }
        for case .object(let record) in records { Terminal.result(line(record)) }
        if tellsLoss { TrailCall.tellLoss(in: object) }
    }

    /// Prints what the stream tells, and comes again when it ends, as when its server starts anew.
    private func listen(
        _ client: ControlClient,
        _ target: String,
        _ tellsLoss: Bool
    ) throws {
        var place: String?
        var dropped: Int64 = 0
        var wasThere = false
        var attempts = 0
        while true {
            do throws(ClientError) {
                try client.events(target, after: place, until: Cancellation()) { event in
                    place = event.id ?? place
                    wasThere = true
                    attempts = 0
                    guard case .object(let data)? = try? JSONParser.parse(Array(event.data.utf8))
                    else { return true }
                    if event.name == "lost", tellsLoss {
                        dropped = TrailCall.tellLoss(in: data, after: dropped)
                    } else if data["record"] != nil {
                        Terminal.result(line(data))
                    }
                    return true
                }
                wasThere = true
            } catch {
                // The first time there may be no server at all.
                guard wasThere, error.refusal == nil, attempts < TrailCall.maximumAttempts
                else { throw error }
            }
            attempts += 1
            usleep(250_000)
        }
    }

    /// How often a server that went away is looked for: for ten seconds.
    private static let maximumAttempts = 40

    /// Says on standard error how many records are missing, when it is more than was said before.
    ///
    /// - Parameters:
    ///   - answer: of the server.
    ///   - told: how many were told of before.
    /// - Returns: how many are told of now.
    @discardableResult
    static func tellLoss(in answer: JSONObject, after told: Int64 = 0) -> Int64 {
        if let records = answer.integer("records"), records > 0 {
            Terminal.remark("\(records) records are no longer in the audit trail")
        }
        // A server that was started anew counts anew.
        guard let dropped = answer.integer("auditRecordsDropped"), dropped != told else {
            return told
        }
        if dropped > 0 {
            Terminal.remark(
                "the audit trail is incomplete: since the server's start \(dropped)"
                    + " \(dropped == 1 ? "record" : "records") of calls found no place in it"
            )
        }
        return dropped
    }

    private func line(_ entry: JSONObject) -> String {
        guard json, let record = entry.object("record") else { return TrailCall.line(entry) }
        return JSONValue.object(record).jsonText()
    }

    /// A record as a person reads it.
    static func line(_ entry: JSONObject) -> String {
        guard let record = entry.object("record") else { return "" }
        let secret = entry.text("secret")
        if record.text("eventType") == "AwsServiceEvent" {
            return [
                record.text("eventTime"), record.text("eventName"), secret,
                version(record, secret ?? ""), record.text("errorMessage"),
            ].compactMap(\.self).joined(separator: " ")
        }
        var caller = "-"
        if let identity = record.object("userIdentity") {
            caller = identity.text("arn") ?? identity.text("invokedBy") ?? caller
        }
        let failure = record.text("errorCode") ?? record.text("errorMessage")
        let columns = [
            record.text("eventTime"), record.text("eventName"), secret ?? "-", caller,
            record.text("sourceIPAddress"), failure,
        ]
        let fault = entry.text("fault").map { "fault \($0)" }
        return (columns + [entry.text("decision"), fault]).compactMap(\.self).joined(separator: " ")
    }

    /// The version that an event is about; those of rotations have it in their request id.
    private static func version(_ record: JSONObject, _ secret: String) -> String? {
        if case .object(let data)? = record["additionalEventData"],
            let version = data.text("VersionId")
        {
            return version
        }
        let request = record.text("requestID") ?? ""
        let prefix = "Rotation-\(secret)-"
        return request.hasPrefix(prefix) ? String(request.dropFirst(prefix.count)) : nil
    }

    /// Percent-escapes all that a query could give a meaning to.
    static func escaped(_ text: String) -> String {
        PercentEncoding.encode(text, keeping: "/:")
    }
}
