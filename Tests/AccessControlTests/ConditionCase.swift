import AccessControl
import Testing

/// An operator with its values, what a request has under the key, and whether the test passes.
struct ConditionCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// The values as JSON.
    let values: String
    /// The request's values; nil when it lacks the key.
    let present: [String]?
    let holds: Bool

    init(_ name: String, _ values: String, _ present: [String]?, _ holds: Bool) {
        self.name = name
        self.values = values
        self.present = present
        self.holds = holds
    }

    var testDescription: String {
        "\(name) \(values) on \(present.map(String.init(describing:)) ?? "nothing"): \(holds)"
    }

    /// Parses the condition and puts it to a request.
    func check() throws {
        let text = conditional(#"{"\#(name)":{"test:Key":\#(values)}}"#)
        let request = request(context: present.map { ["TEST:kEY": $0] } ?? [:])
        let statement = try PolicyParser.parse(text, as: .resource).statements[0]
        let condition = statement.conditions[0]
        #expect(condition.operatorName == name)
        #expect(condition.holds(in: request.context) == holds)
        let expected: StatementMatch =
            holds ? .matches([.everyone]) : .differs(.conditions([condition]))
        #expect(statement.matches(request: request) == expected)
    }
}
