// Normal forms are in Swift's own library, under this name until they are part of its interface.
@_spi(_Unicode) import Swift

/// Strings in Terraform's language.
enum TerraformText {
    /// A string between quotes that Terraform reads as exactly this text.
    static func quoted(_ text: String) throws(FormatRefusal) -> String {
        guard normalized(text).utf8.elementsEqual(text.utf8) else {
            throw FormatRefusal(
                "it has characters in a form that Terraform rewrites (it makes é of e and an accent)"
            )
        }
        var quoted = "\""
        var scalars = text.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\"", "\\": quoted += "\\\(scalar)"
            // In front of a brace they would begin an expression.
            case "$", "%":
                quoted += scalars.first == "{" ? escape(scalar) : String(scalar)
            default:
                quoted += needsEscape(scalar) ? escape(scalar) : String(scalar)
            }
        }
        return quoted + "\""
    }

    /// The composed form of Unicode, which every string of Terraform has.
    static func normalized(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text._nfc)
        return String(scalars)
    }

    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: true
        default: false
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        let count = scalar.value > 0xFFFF ? 8 : 4
        return "\\" + (count == 8 ? "U" : "u")
            + String(repeating: "0", count: count - digits.count) + digits
    }
}
