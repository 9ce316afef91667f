/// The rule for the names of secrets.
package enum SecretName {
    /// Whether `text` holds only ASCII letters, digits and `/_+=.@-!`.
    ///
    /// The same rule holds for a SecretId that is not an ARN.
    package static func isValid(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy(isValidByte)
    }

    static func isValidByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "="),
            UInt8(ascii: "."), UInt8(ascii: "@"), UInt8(ascii: "-"), UInt8(ascii: "!"):
            true
        default: isAlphanumeric(byte)
        }
    }

    /// ASCII letters and digits.
    package static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
