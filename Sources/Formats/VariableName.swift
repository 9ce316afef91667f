import Notation

/// The names of environment variables.
package enum VariableName {
    /// Whether a text is a name that every shell takes: letters, digits and `_`, no digit first.
    package static func isValid(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, !ASCII.isDigit(first) else { return false }
        return text.utf8.allSatisfy(isPart)
    }

    /// A text in capitals, with a `_` for every character that is no letter or digit.
    ///
    /// It may still begin with a digit, and then is no name.
    package static func spelled(_ text: some StringProtocol) -> String {
        var name = ""
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value), isPart(byte) else {
                name.append("_")
                continue
            }
            let capital = ASCII.isLowercase(byte) ? byte - 0x20 : byte
            name.unicodeScalars.append(Unicode.Scalar(capital))
        }
        return name
    }

    /// The variable of a secret: DATABASE_URL for `driftsentry/prod/database-url`.
    ///
    /// - Parameter id: a secret's name, or its ARN with or without the six characters at its end.
    /// - Returns: nil when the last part of the name gives no variable's name, as `prod/1password`
    ///   does not.
    package static func ofSecret(_ id: String) -> String? {
        let name = SecretReference.secretName(of: id)
        let last = name.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let variable = spelled(last)
        return isValid(variable) ? variable : nil
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "_")
    }
}
