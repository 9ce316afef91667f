/// XML that is put together element by element; the little that AWS's older protocols need.
struct XMLText: Sendable {
    private(set) var text = ""

    mutating func open(_ name: String, namespace: String? = nil) {
        text += "<\(name)"
        if let namespace { text += " xmlns=\"\(namespace)\"" }
        text += ">"
    }

    mutating func close(_ name: String) {
        text += "</\(name)>"
    }

    mutating func element(_ name: String, _ content: String) {
        open(name)
        for scalar in content.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            default: text.unicodeScalars.append(XMLText.isAllowed(scalar) ? scalar : "\u{FFFD}")
            }
        }
        close(name)
    }

    /// XML 1.0 has no way to write most control characters.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xFFFD, 0x10000...: true
        default: false
        }
    }
}
