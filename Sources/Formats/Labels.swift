import Notation

/// What secrets are called in a document.
enum Labels {
    /// Which names a format has.
    enum Rule {
        /// The names of environment variables.
        case variables
        /// The keys of a Kubernetes Secret and the names of Compose's secrets, which are file names too.
        case keys
        /// Any that a secret can have.
        case names
    }

    /// A label for each secret.
    ///
    /// - Throws: when a name gives none, and when two names give the same.
    static func of(
        _ secrets: [CarriedSecret],
        _ rule: Rule,
        without prefix: String
    ) throws(FormatError) -> [String] {
        var owners: [String: String] = [:]
        return try secrets.pieces { _, secret throws(FormatRefusal) in
            let label = try label(of: secret.name.dropFirst(prefix.count), rule)
            if let owner = owners[label] {
                throw FormatRefusal("it would be \(label), as \(owner) would")
            }
            owners[label] = secret.name
            return label
        }
    }

    private static func label(of name: Substring, _ rule: Rule) throws(FormatRefusal) -> String {
        guard !name.isEmpty else {
            throw FormatRefusal("nothing is left of its name without the prefix")
        }
        switch rule {
        case .names: return String(name)
        case .variables:
            let variable = VariableName.spelled(name)
            guard VariableName.isValid(variable) else {
                throw FormatRefusal("\(variable) is no name for a variable: it begins with a digit")
            }
            return variable
        case .keys:
            guard isKey(name) else {
                throw FormatRefusal(
                    "a key has letters, digits, hyphens, underscores and dots only, 253 at most, "
                        + "and does not begin with two dots; a longer --prefix leaves more out"
                )
            }
            return String(name)
        }
    }

    private static func isKey(_ name: Substring) -> Bool {
        name != "." && !name.hasPrefix("..") && name.utf8.count <= 253
            && name.utf8.allSatisfy { byte in
                ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            }
    }
}
