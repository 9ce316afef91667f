import JSON
import TestSupport
import Testing

/// One row of a table: members of a request, and the error that they must have.
struct Refused: Sendable, CustomTestStringConvertible {
    let members: JSONValue
    let expected: Refusal

    init(_ members: JSONValue, _ expected: Refusal) {
        self.members = members
        self.expected = expected
    }

    /// Short, for some members are as long as they can be.
    var testDescription: String {
        let shown = members.jsonText()
        return shown.count < 90 ? shown : "\(shown.prefix(60))… of \(shown.count) characters"
    }

    /// The members with others that the rows of a table share.
    func members(and others: JSONValue) -> JSONValue {
        var all = members
        guard case .object(let object) = others else { return all }
        for (name, value) in object.members where all[name] == nil { all.set(name, value) }
        return all
    }
}
