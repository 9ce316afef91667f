/// The names of regions.
package enum Region {
    /// Whether `text` is a host label.
    ///
    /// It becomes part of ARNs, where a colon would do harm.
    package static func isName(_ text: String) -> Bool {
        (1...63).contains(text.utf8.count)
            && text.utf8.allSatisfy { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }

    /// Whether a text matches `^([a-z]+-)+\d+$`.
    package static func isWellFormed(_ region: String) -> Bool {
        let parts = region.utf8.split(
            separator: UInt8(ascii: "-"),
            omittingEmptySubsequences: false
        )
        guard parts.count >= 2, let number = parts.last, !number.isEmpty else { return false }
        return number.allSatisfy(ASCII.isDigit)
            && parts.dropLast().allSatisfy { part in
                !part.isEmpty && part.allSatisfy(ASCII.isLowercase)
            }
    }
}
