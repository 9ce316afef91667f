internal import JSON
internal import Notation

/// Invents values that look like given ones and tell nothing of them: the keys of JSON, the length and
/// kinds of characters, URLs with other passwords.
package struct ValueInventor<Chance: RandomNumberGenerator> {
    private var chance: Chance

    /// - Parameter chance: where the inventions come from.
    package init(_ chance: Chance) {
        self.chance = chance
    }

    /// A text of the shape of another.
    package mutating func text(like text: String) -> String {
        if let value = try? JSONParser.parse(text) {
            switch value {
            case .object, .array:
                return self.value(like: value, of: nil).jsonText()
            default: break
            }
        }
        return string(like: text)
    }

    /// As many bytes as another value has.
    package mutating func bytes(like bytes: [UInt8]) -> [UInt8] {
        bytes.map { _ in UInt8.random(in: 0...255, using: &chance) }
    }

    // MARK: JSON

    /// Members that say what kind of thing a secret is for, and that programs choose by.
    private static var kept: Set<String> { ["engine", "port"] }

    private mutating func value(like value: JSONValue, of key: String?) -> JSONValue {
        if let key, Self.kept.contains(key.lowercased()) { return value }
        switch value {
        case .null, .bool: return value
        case .number(let number): return self.number(like: number)
        case .string(let text): return .string(string(like: text))
        case .array(let elements):
            return .array(elements.map { self.value(like: $0, of: nil) })
        case .object(let object):
            let members = object.members.map { member in
                (name: member.name, value: self.value(like: member.value, of: member.name))
            }
            return .object(JSONObject(members))
        }
    }

    /// Digits for digits; the first of several stays none.
    private mutating func number(like number: JSONNumber) -> JSONValue {
        var isFirst = true
        var isExponent = false
        let bytes = number.text.utf8.map { byte -> UInt8 in
            if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") { isExponent = true }
            // Another exponent could be beyond all numbers.
            guard ASCII.isDigit(byte), !isExponent else { return byte }
            defer { isFirst = false }
            if isFirst { return byte == UInt8(ascii: "0") ? byte : pick("123456789") }
            return pick("0123456789")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return JSONNumber(text: text).map(JSONValue.number) ?? .number(number)
    }

    // MARK: Strings

    private mutating func string(like text: String) -> String {
        if let url = URLText(text) { return self.url(like: url) }
        if text.hasPrefix("-----BEGIN ") {
            return text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.hasPrefix("-----") ? String($0) : characters(like: String($0)) }
                .joined(separator: "\n")
        }
        return characters(like: text)
    }

    /// The same place with another password; what stands alone before the @ is a key.
    private mutating func url(like url: URLText) -> String {
        var invented = url
        if let password = url.password {
            invented.password = characters(like: password)
        } else if let user = url.user {
            invented.user = characters(like: user)
        }
        invented.query = url.query.map { fields in
            fields.map { field in
                URLText.isSecret(field.name)
                    ? (field.name, field.value.map { characters(like: $0) }) : field
            }
        }
        return invented.text
    }

    /// Letters for letters of the same case, digits for digits, all else as it is.
    private mutating func characters(like text: String) -> String {
        let isHexadecimal =
            text.utf8.count >= 8 && text.utf8.contains(where: ASCII.isDigit)
            && text.utf8.allSatisfy { ASCII.hexadecimalValue($0) != nil || $0 == UInt8(ascii: "-") }
        var invented = text
        // What has few characters may come out as it was.
        for _ in 0..<8 {
            invented = String(
                String.UnicodeScalarView(
                    text.unicodeScalars.map { scalar in
                        Unicode.Scalar(character(like: scalar, isHexadecimal))
                    }
                )
            )
            if invented != text { break }
        }
        return invented
    }

    private mutating func character(like scalar: Unicode.Scalar, _ isHexadecimal: Bool) -> UInt8 {
        guard scalar.isASCII else { return pick("abcdefghijklmnopqrstuvwxyz") }
        let byte = UInt8(scalar.value)
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return pick("0123456789")
        case UInt8(ascii: "a")...UInt8(ascii: "z"):
            return pick(isHexadecimal ? "abcdef" : "abcdefghijklmnopqrstuvwxyz")
        case UInt8(ascii: "A")...UInt8(ascii: "Z"):
            return pick(isHexadecimal ? "ABCDEF" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        default: return byte
        }
    }

    private mutating func pick(_ alphabet: StaticString) -> UInt8 {
        let letters = Array(alphabet.description.utf8)
        return letters[Int.random(in: 0..<letters.count, using: &chance)]
    }
}
