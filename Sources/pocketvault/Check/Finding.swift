internal import JSON

/// A breach of a practice, as the server tells it or as a scan finds it.
struct Finding {
    /// The name of the rule.
    let rule: String
    /// The name of a secret.
    let secret: String
    let arn: String?
    /// What is wrong, after the place.
    let message: String
    /// Where in a file; nil for what concerns the vault alone.
    let place: Place?

    /// A line of a file, or of a file in git's history.
    struct Place: Hashable {
        let path: String
        let line: Int
        /// The commit that brought it; nil for a file as it is.
        let commit: String?

        var text: String { (commit.map { "\($0):" } ?? "") + "\(path):\(line)" }
    }

    /// Of the server's answer.
    init(_ object: JSONObject) {
        rule = object.text("rule") ?? ""
        secret = object.text("secret") ?? ""
        arn = object.text("arn")
        message = object.text("message") ?? ""
        place = nil
    }

    /// A value that was found in a file.
    init(of value: ScannedValue, at place: Place) {
        rule = place.commit == nil ? "value-in-file" : "value-in-history"
        secret = value.secret
        arn = value.arn
        let label = value.stagingLabel == "AWSCURRENT" ? "" : " (\(value.stagingLabel))"
        message = "holds the value of \(value.secret)\(label)"
        self.place = place
    }

    var line: String { "\(place?.text ?? secret): \(message) [\(rule)]" }

    var json: JSONObject {
        var members: [(name: String, value: JSONValue)] = [
            ("rule", .string(rule)), ("secret", .string(secret)),
        ]
        if let arn { members.append(("arn", .string(arn))) }
        members.append(("message", .string(message)))
        if let place {
            members.append(("file", .string(place.path)))
            members.append(("line", .number(JSONNumber(Int64(place.line)))))
            if let commit = place.commit { members.append(("commit", .string(commit))) }
        }
        return JSONObject(members)
    }
}

/// Whose value a text holds.
struct ScannedValue: Hashable {
    let secret: String
    let arn: String
    let stagingLabel: String
}
