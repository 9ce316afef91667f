internal import JSON

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

    /// A value of an answer: members become elements, those of lists are called `member`, and those of
    /// maps, which stand in a list called `entry`, just that.
    mutating func element(_ name: String, _ value: JSONValue) {
        switch value {
        case .null: break
        case .bool(let flag): element(name, flag ? "true" : "false")
        case .number(let number): element(name, number.text)
        case .string(let string): element(name, string)
        case .array(let elements):
            open(name)
            for value in elements { element("member", value) }
            close(name)
        case .object(let object):
            open(name)
            for member in object.members {
                if member.name == "entry", case .array(let entries) = member.value {
                    for entry in entries { element("entry", entry) }
                } else {
                    element(member.name, member.value)
                }
            }
            close(name)
        }
    }

    /// XML 1.0 has no way to write most control characters.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xFFFD, 0x10000...: true
        default: false
        }
    }
}
