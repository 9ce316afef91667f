import Notation

/// Secrets as the `secrets` of a Compose file, which names a file for each value.
///
/// Compose reads a value's file byte for byte and does not tell text from bytes. Whatever is UTF-8 is
/// read as text, so a member that Compose passes over marks the bytes that would be mistaken.
///
/// [Secrets top-level element](https://docs.docker.com/reference/compose-file/secrets/)
enum ComposeFormat {
    private static let binaryMember = "x-pocketvault-binary"

    static func document(
        of secrets: [CarriedSecret],
        _ settings: WritingSettings
    ) throws(FormatError) -> WrittenDocument {
        guard let folder = settings.valueFolder else {
            throw FormatError(
                .document,
                "Compose reads every value from a file of its own: name the Compose file with "
                    + "--output FILE, and the values go into a folder beside it"
            )
        }
        let names = try Labels.of(secrets, .keys, without: settings.prefix)
        var text = "secrets:\n"
        for (name, secret) in zip(names, secrets) {
            text += """
                  "\(name)":
                    file: \(quoted("./\(folder)/\(name)"))

                """
            if secret.value.isBinaryLikeText { text += "    \(binaryMember): true\n" }
        }
        let files = zip(names, secrets).map { (name: $0, bytes: $1.value.bytes) }
        return WrittenDocument(text: text, valueFiles: files)
    }

    /// A path between quotes; Compose would replace what stands behind a single `$`.
    private static func quoted(_ path: String) -> String {
        var text = ""
        for scalar in path.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "$": text += "$$"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return "\"\(text)\""
    }

    static func read(
        _ bytes: [UInt8],
        _ settings: ReadingSettings
    ) throws(FormatError) -> CarriedDocument {
        let documents = try YAMLReader.documents(in: bytes)
        guard documents.count == 1, let list = documents[0]["secrets"],
            case .mapping(let members) = list.content
        else { throw FormatError(.document, "there are no secrets at the top of it") }
        var secrets: [CarriedSecret] = []
        var remarks: [DotenvFile.Remark] = []
        for (name, node) in members {
            if let value = try value(of: name, node, settings) {
                secrets.append(CarriedSecret(name: name, value: value))
            } else {
                let text = "passed over: the value of \(name) is kept elsewhere"
                remarks.append(.init(line: node.line, text: text))
            }
        }
        return CarriedDocument(secrets: secrets, remarks: remarks)
    }

    /// - Returns: nil for a secret that is external.
    private static func value(
        of name: String,
        _ node: YAMLNode,
        _ settings: ReadingSettings
    ) throws(FormatError) -> VersionValue? {
        if let path = node["file"]?.text {
            guard let path = unescaped(path) else {
                throw FormatError(.line(node.line), "a variable in a path is not replaced here")
            }
            guard let bytes = settings.file(path) else {
                throw FormatError(.line(node.line), "\(path) cannot be read")
            }
            let isBinary = node[binaryMember].map { !$0.isNull } ?? false
            return isBinary ? .binary(bytes) : VersionValue(bytes)
        }
        if let variable = node["environment"]?.text {
            guard let value = settings.variable(variable) else {
                throw FormatError(.line(node.line), "the variable \(variable) is not set")
            }
            return .text(value)
        }
        guard node["external"] != nil else {
            throw FormatError(.line(node.line), "\(name) has neither file nor environment")
        }
        return nil
    }

    /// A path with `$` for `$$`; nil when Compose would replace something in it.
    private static func unescaped(_ path: String) -> String? {
        let parts = path.split(separator: "$$", omittingEmptySubsequences: false)
        return parts.contains { $0.contains("$") } ? nil : parts.joined(separator: "$")
    }
}
