internal import JSON
internal import Notation

/// An answer as CloudTrail tells it: members in its spelling, dates as Java writes them, and nothing
/// that gives access.
struct RecordedAnswer {
    private let answer: any JSONWritable
    private let withheld: Set<String>

    private static let giveAccess: Set<String> = [
        "CiphertextBlob", "GrantToken", "Plaintext", "SecretAccessKey", "SessionToken",
    ]

    /// - Parameters:
    ///   - answer: what the caller got; nil comes of what is no JSON.
    ///   - withheld: members to leave out besides those that give access.
    init?(_ answer: some Sendable, without withheld: Set<String> = []) {
        guard let answer = answer as? any JSONWritable else { return nil }
        self.answer = answer
        self.withheld = withheld.union(RecordedAnswer.giveAccess)
    }

    /// JSON.
    var text: String? {
        guard let value = try? JSONParser.parse(answer.jsonBytes()) else { return nil }
        return told(value).jsonText()
    }

    private func told(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map(told))
        case .object(let object):
            let members = object.members.filter { !withheld.contains($0.name) }
            return .object(
                JSONObject(
                    members.map { member in
                        (name: lowerCamel(member.name), value: told(member.value, member.name))
                    }
                )
            )
        default: return value
        }
    }

    private func told(_ value: JSONValue, _ name: String) -> JSONValue {
        let isDate = name.hasSuffix("Date") || name.hasSuffix("At") || name == "Expiration"
        guard isDate, let time = time(value) else { return told(value) }
        return .string(CalendarTime.javaText(of: time))
    }

    private func time(_ value: JSONValue) -> Timestamp? {
        switch value {
        case .string(let text): return Timestamp(iso8601: text)
        case .number(let number):
            guard let seconds = Double(number.text), abs(seconds) < 1e12 else { return nil }
            return Timestamp(milliseconds: Int64((seconds * 1_000).rounded()))
        default: return nil
        }
    }
}
