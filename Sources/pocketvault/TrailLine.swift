internal import JSON
internal import Notation

/// A record of the trail as a line: all of it for programs, what fits 80 columns for eyes.
struct TrailLine {
    let time: String
    let event: String
    /// The ARN, or the name as it was sent.
    let secret: String?
    /// The ARN of who called; nil for what the service did by itself.
    let caller: String?
    let address: String?
    /// The version that an event is about.
    let version: String?
    let failure: String?
    /// What policies had against it.
    let decision: String?
    /// The rule that made it go wrong.
    let fault: String?

    private static let secretWidth = 27
    private static let eventWidth = 19
    private static let callerWidth = 15

    /// - Parameter entry: of `/_pocketvault/audit`.
    init?(_ entry: JSONObject) {
        guard case .object(let record)? = entry["record"] else { return nil }
        time = record.text("eventTime") ?? ""
        event = record.text("eventName") ?? ""
        secret = entry.text("secret")
        decision = entry.text("decision")
        fault = entry.text("fault").map { "fault \($0)" }
        if record.text("eventType") == "AwsServiceEvent" {
            caller = nil
            address = nil
            failure = record.text("errorMessage")
            version = TrailLine.version(record, secret ?? "")
        } else {
            let identity = record.object("userIdentity")
            caller = identity?.text("arn") ?? identity?.text("invokedBy") ?? "-"
            address = record.text("sourceIPAddress")
            failure = record.text("errorCode") ?? record.text("errorMessage")
            version = nil
        }
    }

    /// Everything, with single spaces between.
    var text: String {
        let parts =
            caller == nil
            ? [time, event, secret, version, failure]
            : [time, event, secret ?? "-", caller, address, failure, decision, fault]
        return parts.compactMap(\.self).joined(separator: " ")
    }

    /// In columns: when, what, of which secret, who, and what came in its way.
    ///
    /// - Parameters:
    ///   - now: from which times are told; nil for the time of day, which stays true while one looks.
    ///   - isColoured: whether a terminal shows colours.
    /// - Returns: a line, and one below it for what came in its way.
    func columns(at now: Timestamp?, isColoured: Bool) -> String {
        let paint = Paint(isOn: isColoured)
        let moment = Timestamp(text: time)
        let when = now.flatMap { now in moment.map { RelativeTime.text(of: $0, at: now) } }
        let columns = [
            TrailLine.fit(when ?? String(time.dropFirst(11).prefix(8)), 10),
            TrailLine.fit(event, TrailLine.eventWidth),
            TrailLine.fit(secret.map(TrailLine.name) ?? "", TrailLine.secretWidth),
            TrailLine.fit(caller.map(TrailLine.shortCaller) ?? "", TrailLine.callerWidth),
        ]
        let line = [paint.dim(columns[0])] + columns.dropFirst()
        guard let failure else {
            return String(line.joined(separator: " ").reversed().drop { $0 == " " }.reversed())
        }
        return "\(line.joined(separator: " "))\n           \(paint.red(failure))"
            + [decision, fault].compactMap(\.self).map { " \(paint.dim($0))" }.joined()
    }

    /// The name in an ARN of a secret.
    private static func name(_ text: String) -> String {
        guard let arn = ARN(text), arn.resource.hasPrefix("secret:") else { return text }
        let resource = arn.resource.dropFirst("secret:".count)
        return String(resource.dropLast(7))
    }

    /// `root`, `user/anna`, and of a role its name.
    private static func shortCaller(_ text: String) -> String {
        guard let arn = ARN(text) else { return text }
        let parts = arn.resource.split(separator: "/")
        return parts.first == "assumed-role" && parts.count > 1
            ? String(parts[1]) : parts.joined(separator: "/")
    }

    /// Cut at the right length, or filled up to it.
    private static func fit(_ text: String, _ width: Int) -> String {
        let text = TextColumns.cut(text, width)
        return text + String(repeating: " ", count: width - text.count)
    }

    /// Events of rotations have the version in their request id.
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
}
