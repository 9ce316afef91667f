import JSON

extension SecretFormat {
    /// The format of a file, told by its content; what looks like none of the others is an env file.
    ///
    /// - Throws: for YAML and JSON that hold no secrets.
    package static func of(_ bytes: [UInt8]) throws(FormatError) -> SecretFormat {
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline)
        guard let first = lines.lazy.map({ $0.drop(while: \.isWhitespace) }).first(where: isContent)
        else { return .dotenv }
        switch first.first {
        case "{", "[": return try isKubernetes(bytes) ? .kubernetes : .json
        default: break
        }
        if isYAMLKey(first) || first.hasPrefix("---") {
            return try yamlFormat(lines)
        }
        if isHCLBlock(first) { return .terraform }
        let isScript = text.hasPrefix("#!") || first.hasPrefix("aws ") || first.hasPrefix("printf ")
        if isScript, text.contains("aws secretsmanager ") { return .awsCLI }
        return isScript || ShellFormat.isExports(bytes) ? .shell : .dotenv
    }

    private static func isContent(_ line: Substring) -> Bool {
        !line.isEmpty && !line.hasPrefix("#") && !line.hasPrefix("//") && line != "\u{FEFF}"
    }

    /// Whether a JSON document is of Kubernetes, and no object of secrets.
    private static func isKubernetes(_ bytes: [UInt8]) throws(FormatError) -> Bool {
        let document = try JSONFormat.parse(bytes)
        guard case .object(let object) = document else { return false }
        guard object["apiVersion"] != nil, let kind = object["kind"] else { return false }
        return kind == .string("Secret") || kind == .string("List")
    }

    /// Whether a line begins with a key of YAML; an env file has an `=` before the first blank.
    private static func isYAMLKey(_ line: Substring) -> Bool {
        let word = line.prefix { !$0.isWhitespace }
        return word.hasSuffix(":") && !word.contains("=")
    }

    private static func yamlFormat(_ lines: [Substring]) throws(FormatError) -> SecretFormat {
        let kinds = ["Secret", "\"Secret\"", "List"]
        let isKubernetes = lines.contains { line in
            guard line.hasPrefix("kind:") else { return false }
            return kinds.contains { line.dropFirst(5).drop(while: \.isWhitespace).hasPrefix($0) }
        }
        if isKubernetes { return .kubernetes }
        if lines.contains(where: { $0.hasPrefix("secrets:") }) { return .compose }
        throw FormatError(
            .document,
            "this YAML is neither a Secret of Kubernetes nor a Compose file with secrets"
        )
    }

    /// Whether a line opens a block of Terraform.
    private static func isHCLBlock(_ line: Substring) -> Bool {
        let blocks = [
            "check", "data", "import", "locals", "module", "moved", "output", "provider",
            "removed", "resource", "terraform", "variable",
        ]
        let word = line.prefix { $0.isLetter }
        let rest = line.dropFirst(word.count)
        return blocks.contains(String(word)) && rest.contains("{")
            && rest.first.map { $0 == " " || $0 == "{" } ?? false
    }
}
