internal import JSON

/// A secret as the agent gives it out: what GetSecretValue answers, in the provider's order and with
/// the date as a string.
struct AgentValue: Sendable {
    let body: [UInt8]
    let arn: String
    let versionID: String

    /// Reads an answer of GetSecretValue; nil for what is none.
    init?(_ answer: [UInt8]) {
        guard case .object(let object)? = try? JSONParser.parse(answer),
            case .string(let arn)? = object["ARN"],
            case .string(let versionID)? = object["VersionId"]
        else { return nil }
        self.arn = arn
        self.versionID = versionID
        var writer = JSONWriter(capacity: answer.count + 16)
        writer.beginObject()
        let names = ["ARN", "Name", "VersionId", "SecretString", "SecretBinary", "VersionStages"]
        for name in names {
            guard let value = object[name] else { continue }
            writer.name(name)
            value.write(to: &writer)
        }
        if case .number(let seconds)? = object["CreatedDate"] {
            writer.name("CreatedDate")
            writer.string(seconds.text)
        }
        writer.endObject()
        body = writer.bytes
    }

    /// Whether a version of the secret is still the one that was asked for.
    ///
    /// - Parameters:
    ///   - description: what DescribeSecret answers now.
    ///   - query: what was asked.
    /// - Returns: whether a new read would give the same version.
    func isCurrent(by description: [UInt8], for query: AgentQuery) -> Bool {
        guard case .object(let object)? = try? JSONParser.parse(description),
            case .object(let versions)? = object["VersionIdsToStages"]
        else { return false }
        guard case .array(let labels)? = versions[query.versionID ?? versionID] else {
            return false
        }
        // A version that is asked for by its id alone never changes.
        if query.versionID != nil, query.versionStage == nil { return true }
        return labels.contains(.string(query.versionStage ?? "AWSCURRENT"))
    }
}
