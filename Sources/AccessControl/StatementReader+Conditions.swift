internal import JSON

extension StatementReader {
    /// Reads the tests of a statement.
    func conditions(_ element: PolicyElement) throws(PolicyError) -> [PolicyCondition] {
        var conditions: [PolicyCondition] = []
        for (text, block) in try element.members() {
            guard let name = ConditionName(text) else {
                throw block.error(.unknownOperator, "there is no such operator")
            }
            for (key, list) in try block.members() {
                conditions.append(try condition(name, key: key, list))
            }
        }
        return conditions
    }

    private func condition(
        _ name: ConditionName,
        key: String,
        _ list: PolicyElement
    ) throws(PolicyError) -> PolicyCondition {
        guard isConditionKey(key) else {
            throw list.error(.invalidConditionKey, "a key is a prefix, a colon and a name")
        }
        var values: [(text: String, operand: ConditionOperand)] = []
        for entry in try list.oneOrMore() {
            let text = try conditionValue(entry)
            values.append((text, try operand(text, for: name, entry)))
        }
        return PolicyCondition(name, key: key, values: values)
    }

    private func operand(
        _ text: String,
        for name: ConditionName,
        _ element: PolicyElement
    ) throws(PolicyError) -> ConditionOperand {
        if let operand = ConditionOperand(text, for: name.comparison, variables: hasVariables) {
            return operand
        }
        // Texts and ARNs may have any value, so only a variable can be what is wrong with one.
        let isText = ConditionOperand(text, for: name.comparison, variables: false) != nil
        throw element.error(
            isText ? .malformedVariable : .invalidConditionValue,
            "\(name.text) cannot compare with \(quoted(text))"
        )
    }

    /// A string as it is, a number or a truth value as its text.
    private func conditionValue(_ element: PolicyElement) throws(PolicyError) -> String {
        switch element.value {
        case .string(let text): return text
        case .number(let number): return number.text
        case .bool(let value): return value ? "true" : "false"
        case .null, .array, .object:
            throw element.error(.wrongType, "neither a string, a number nor a truth value")
        }
    }

    private func isConditionKey(_ text: String) -> Bool {
        let parts = text.utf8.split(
            separator: UInt8(ascii: ":"),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty
    }
}
