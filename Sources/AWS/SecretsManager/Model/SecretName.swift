internal import Notation

/// The rule for the names of secrets.
package enum SecretName {
    /// Whether `text` holds only ASCII letters, digits and `/_+=.@-!`.
    ///
    /// The same rule holds for a SecretId that is not an ARN.
    package static func isValid(_ text: some StringProtocol) -> Bool {
        let isValid = isValid
        return text.utf8.allSatisfy { isValid[Int($0)] }
    }

    static func isValidByte(_ byte: UInt8) -> Bool { isValid[Int(byte)] }

    /// By byte: every call asks for each byte of a name.
    private static let isValid: [Bool] = (0...UInt8.max).map { byte in
        ASCII.isAlphanumeric(byte) || "/_+=.@-!".utf8.contains(byte)
    }
}
