/// The rule for account ids.
package enum AccountID {
    /// Whether `text` is twelve ASCII digits.
    package static func isValid(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 12
            && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
