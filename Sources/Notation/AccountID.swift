/// The rule for account ids.
package enum AccountID {
    /// Whether `text` is twelve ASCII digits.
    package static func isValid(_ text: String) -> Bool {
        text.utf8.count == 12 && text.utf8.allSatisfy(ASCII.isDigit)
    }
}
