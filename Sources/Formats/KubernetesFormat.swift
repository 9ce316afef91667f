import Notation

/// Secrets as the data of one Secret of Kubernetes, in base64.
///
/// Kubernetes does not tell text from bytes. Whatever is UTF-8 is read as text, so an annotation names
/// the bytes that would be mistaken.
///
/// [Secrets](https://kubernetes.io/docs/concepts/configuration/secret/)
enum KubernetesFormat {
    private static let binaryAnnotation = "pocketvault/binary"
    /// More than 1 MiB of data no API server takes.
    private static let greatestByteCount = 1_048_576

    static func document(
        of secrets: [CarriedSecret],
        _ settings: WritingSettings
    ) throws(FormatError) -> WrittenDocument {
        let keys = try Labels.of(secrets, .keys, without: settings.prefix)
        let byteCount = secrets.reduce(0) { $0 + $1.value.bytes.count }
        guard byteCount <= greatestByteCount else {
            throw FormatError(
                .document,
                "these are \(byteCount) bytes, and a Secret of Kubernetes holds 1,048,576; export "
                    + "them in parts, with longer prefixes"
            )
        }
        var text = """
            apiVersion: v1
            kind: Secret
            metadata:
              name: "\(objectName(settings.prefix))"

            """
        let binary = zip(keys, secrets).filter { $1.value.isBinaryLikeText }.map(\.0)
        if !binary.isEmpty {
            text += """
                  annotations:
                    "\(binaryAnnotation)": "\(binary.joined(separator: ","))"

                """
        }
        text += "type: Opaque\ndata:\n"
        for (key, secret) in zip(keys, secrets) {
            text += "  \"\(key)\": \"\(Base64.text(secret.value.bytes))\"\n"
        }
        return WrittenDocument(text: text)
    }

    /// A name for the Secret: the prefix in small letters, with hyphens for all other characters.
    private static func objectName(_ prefix: String) -> String {
        let words = prefix.utf8.split { !ASCII.isAlphanumeric($0) }
        let name = words.joined(separator: [UInt8(ascii: "-")]).prefix(253).map(ASCII.lowercased)
        return name.isEmpty ? "pocketvault" : String(decoding: name, as: UTF8.self)
    }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> CarriedDocument {
        var secrets: [CarriedSecret] = []
        var lines: [String: Int] = [:]
        var remarks: [DotenvFile.Remark] = []
        let documents = try YAMLReader.documents(in: bytes)
        for object in documents.flatMap(objects) {
            guard object["kind"]?.text == "Secret" else {
                remarks.append(.init(line: object.line, text: "passed over: it is no Secret"))
                continue
            }
            for (secret, line) in try self.secrets(of: object) {
                if let other = lines.updateValue(line, forKey: secret.name) {
                    throw FormatError(.line(line), "\(secret.name) is in line \(other) already")
                }
                secrets.append(secret)
            }
        }
        guard remarks.count < documents.flatMap(objects).count else {
            throw FormatError(.document, "there is no Secret of Kubernetes in it")
        }
        return CarriedDocument(secrets: secrets, remarks: remarks)
    }

    /// The objects of a document, which may be a list of them.
    private static func objects(_ document: YAMLNode) -> [YAMLNode] {
        guard document["kind"]?.text == "List",
            case .sequence(let items)? = document["items"]?.content
        else { return [document] }
        return items
    }

    private static func secrets(
        of object: YAMLNode
    ) throws(FormatError) -> [(CarriedSecret, line: Int)] {
        let annotation = object["metadata"]?["annotations"]?[binaryAnnotation]?.text ?? ""
        let binary = Set(annotation.split(separator: ","))
        let strings = try members(of: object["stringData"])
        // What is in both is taken from stringData, as the API server does.
        let data = try members(of: object["data"]).filter { member in
            !strings.contains { $0.key == member.key }
        }
        var secrets: [(CarriedSecret, line: Int)] = []
        for member in data {
            // Lines of base64 may have ends.
            let digits = member.text.utf8.filter { $0 != 0x0A && $0 != 0x0D }
            guard let bytes = Base64.decode(digits, spareBits: .ignored) else {
                throw FormatError(.line(member.line), "\(member.key) is no base64")
            }
            let isBinary = binary.contains(Substring(member.key))
            let value = isBinary ? .binary(bytes) : VersionValue(bytes)
            secrets.append((CarriedSecret(name: member.key, value: value), member.line))
        }
        for member in strings {
            let secret = CarriedSecret(name: member.key, value: .text(member.text))
            secrets.append((secret, member.line))
        }
        return secrets
    }

    private static func members(
        of node: YAMLNode?
    ) throws(FormatError) -> [(key: String, text: String, line: Int)] {
        guard let node, !node.isNull else { return [] }
        guard case .mapping(let members) = node.content else {
            throw FormatError(.line(node.line), "a mapping of keys to values is expected")
        }
        var texts: [(key: String, text: String, line: Int)] = []
        for (key, value) in members {
            guard let text = value.text else {
                throw FormatError(.line(value.line), "the value of \(key) is no string; use quotes")
            }
            texts.append((key, text, value.line))
        }
        return texts
    }
}
