internal import JSON

/// Values that must not be seen in what a command writes, in the forms in which programs write them.
struct MaskedValues: Sendable {
    /// Shorter ones are in every line that says nothing.
    static let leastLength = 4

    /// In no order, none of them twice.
    let texts: [[UInt8]]
    /// The variables of which nothing is masked.
    let unmasked: [String]

    /// - Parameter variables: with the values of secrets.
    init(_ variables: [(name: String, value: [UInt8])]) {
        var texts = Set<[UInt8]>()
        var unmasked: [String] = []
        for (name, value) in variables {
            let forms = MaskedValues.forms(of: value)
            if forms.isEmpty { unmasked.append(name) }
            texts.formUnion(forms)
        }
        self.texts = Array(texts)
        self.unmasked = unmasked
    }

    /// The value, each of its lines, each value in it when it is a JSON object, and all of them as
    /// JSON has them.
    private static func forms(of value: [UInt8]) -> Set<[UInt8]> {
        var plain = [value]
        let lines = value.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        if lines.count > 1 { plain += lines.map(Array.init) }
        if case .object(let object)? = try? JSONParser.parse(value) {
            for member in object.members {
                switch member.value {
                case .string(let text): plain.append(Array(text.utf8))
                case .number(let number): plain.append(Array(number.text.utf8))
                default: break
                }
            }
        }
        let escaped = plain.map { text in
            let quoted = JSONValue.string(String(decoding: text, as: UTF8.self)).jsonBytes()
            return Array(quoted.dropFirst().dropLast())
        }
        return Set((plain + escaped).filter { $0.count >= leastLength })
    }
}
