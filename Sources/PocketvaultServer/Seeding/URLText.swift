/// A URL taken apart as far as secrets stand in it: `scheme://user:password@rest?query#fragment`.
struct URLText {
    private let scheme: Substring
    var user: String?
    var password: String?
    /// Host, port and path.
    private let place: Substring
    /// Nil when there is no question mark; a field without `=` has no value.
    var query: [(name: String, value: String?)]?
    private let fragment: Substring?

    /// Takes a text apart; nil when it is none of one line, a scheme and a place.
    init?(_ text: String) {
        guard let mark = text.firstRange(of: "://"), !text.contains(where: \.isWhitespace) else {
            return nil
        }
        scheme = text[..<mark.lowerBound]
        guard let first = scheme.first, first.isLetter,
            scheme.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) })
        else { return nil }
        var rest = text[mark.upperBound...]
        if let hash = rest.firstIndex(of: "#") {
            fragment = rest[rest.index(after: hash)...]
            rest = rest[..<hash]
        } else {
            fragment = nil
        }
        if let question = rest.firstIndex(of: "?") {
            query = rest[rest.index(after: question)...]
                .split(separator: "&", omittingEmptySubsequences: false)
                .map { field in
                    let parts = field.split(
                        separator: "=",
                        maxSplits: 1,
                        omittingEmptySubsequences: false
                    )
                    return (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
                }
            rest = rest[..<question]
        }
        let authority = rest.prefix { $0 != "/" }
        // A password that was not escaped may hold an @.
        if let at = authority.lastIndex(of: "@") {
            let login = authority[..<at].split(
                separator: ":",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            user = String(login[0])
            password = login.count > 1 ? String(login[1]) : nil
            rest = rest[rest.index(after: at)...]
        }
        guard !rest.isEmpty else { return nil }
        place = rest
    }

    /// Put together again.
    var text: String {
        var login = user ?? ""
        if let password { login += ":\(password)" }
        if user != nil { login += "@" }
        let fields = query.map { fields in
            let texts = fields.map { field in
                field.value.map { value in "\(field.name)=\(value)" } ?? field.name
            }
            return "?" + texts.joined(separator: "&")
        }
        return "\(scheme)://\(login)\(place)\(fields ?? "")" + (fragment.map { "#\($0)" } ?? "")
    }

    /// Whether a field of a query has a name as secrets have.
    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["key", "token", "secret", "pass", "pwd", "sig", "auth"].contains(
            where: name.contains
        )
    }
}
