extension PolicyCondition {
    /// Whether the test passes for a request.
    ///
    /// A key that the request lacks equals nothing, so the negated operators pass without it.
    package func holds(in context: RequestContext) -> Bool {
        let present = context.values(ofFoldedKey: foldedKey)
        if comparison == .null { return operands.contains(.isAbsent(present.isEmpty)) }
        if present.isEmpty {
            return ifExists || holdsWithoutKey
        }
        switch setOperator {
        case nil:
            // Nothing holds for several values without a word of what to do with them, not even the
            // opposite of what does not hold; for a key that is made for several, nor for one.
            guard !isOfList, present.count == 1 else { return false }
            return matchesAnyOperand(present[0], in: context) != comparison.isNegated
        case .forAllValues:
            // AWS takes empty texts for no values at all.
            if present.allSatisfy(\.isEmpty) { return true }
            return present.allSatisfy {
                matchesAnyOperand($0, in: context) != comparison.isNegated
            }
        case .forAnyValue:
            return present.contains {
                matchesAnyOperand($0, in: context) != comparison.isNegated
            }
        }
    }

    private var holdsWithoutKey: Bool {
        switch setOperator {
        case nil: comparison.isNegated
        case .forAllValues: true
        case .forAnyValue: false
        }
    }

    private func matchesAnyOperand(_ value: String, in context: RequestContext) -> Bool {
        operands.contains { $0.compares(with: value, by: comparison, in: context) }
    }
}
