import Notation

extension TerraformFormat {
    /// The secrets whose values the resources of a file say.
    ///
    /// Whatever only Terraform can work out is refused. Other blocks are passed over.
    static func read(_ bytes: [UInt8]) throws(FormatError) -> CarriedDocument {
        let resources = try HCLParser.blocks(in: bytes).filter { $0.type == "resource" }
        let versions = resources.filter { $0.labels.first == versionType }
        var secrets: [CarriedSecret] = []
        var lines: [String: Int] = [:]
        var remarks: [DotenvFile.Remark] = []
        for block in resources where block.labels.first == secretType {
            let resource = TerraformResource(block: block)
            let name = try resource.text("name")
            guard let version = try version(of: resource, named: name, among: versions) else {
                remarks.append(.init(line: block.line, text: "passed over: it has no value here"))
                continue
            }
            guard let name else {
                throw FormatError(.line(block.line), "Terraform makes up its name")
            }
            if let other = lines.updateValue(block.line, forKey: name) {
                throw FormatError(.line(block.line), "\(name) is in line \(other) already")
            }
            var secret = CarriedSecret(name: name, value: try version.value())
            secret.description = try resource.text("description")
            secret.kmsKeyID = try resource.text("kms_key_id")
            secret.tags = try resource.texts("tags")
            secrets.append(secret)
        }
        try refuseOrphans(among: versions, secrets: resources)
        return CarriedDocument(secrets: secrets, remarks: remarks)
    }

    private static func version(
        of secret: TerraformResource,
        named name: String?,
        among versions: [HCLBlock]
    ) throws(FormatError) -> TerraformResource? {
        for block in versions {
            let version = TerraformResource(block: block)
            let id = try version.reference("secret_id")
            if let id, id == secret.address || id == name { return version }
        }
        return nil
    }

    /// A version of a secret that the file does not make would be lost without a word.
    private static func refuseOrphans(
        among versions: [HCLBlock],
        secrets resources: [HCLBlock]
    ) throws(FormatError) {
        var known: Set<String> = []
        for block in resources where block.labels.first == secretType {
            let resource = TerraformResource(block: block)
            known.insert(resource.address)
            if let name = try resource.text("name") { known.insert(name) }
        }
        for version in versions {
            let id = try TerraformResource(block: version).reference("secret_id")
            guard let id, known.contains(id) else {
                throw FormatError(.line(version.line), "its secret is not in this file")
            }
        }
    }
}

/// A resource of a Terraform file, and what its attributes say by themselves.
private struct TerraformResource {
    let block: HCLBlock

    var address: String { block.labels.joined(separator: ".") }

    private func unknown(_ tokens: [HCLToken], _ name: String) -> FormatError {
        FormatError(
            .line(tokens.first?.line ?? block.line),
            "\(name) is an expression, which only Terraform can work out"
        )
    }

    /// The text of an attribute; nil when there is none.
    func text(_ name: String) throws(FormatError) -> String? {
        for repeating in ["count", "for_each"] where block[repeating] != nil {
            throw FormatError(
                .line(block.line),
                "only Terraform can work out how many resources \(repeating) makes"
            )
        }
        guard let tokens = block[name], tokens.map(\.kind) != [.word("null")] else { return nil }
        guard tokens.count == 1, case .string(let text?) = tokens[0].kind else {
            throw unknown(tokens, name)
        }
        return text
    }

    /// The text of an attribute, or the address of the resource that it refers to.
    func reference(_ name: String) throws(FormatError) -> String? {
        guard let tokens = block[name], case .word(let type) = tokens[0].kind else {
            return try text(name)
        }
        guard tokens.count == 5, tokens[1].isMark("."), tokens[3].isMark("."),
            case .word(let label) = tokens[2].kind
        else { throw unknown(tokens, name) }
        return "\(type).\(label)"
    }

    func value() throws(FormatError) -> VersionValue {
        if let text = try text("secret_string") { return .text(text) }
        guard let digits = try text("secret_binary") else {
            throw FormatError(.line(block.line), "neither secret_string nor secret_binary is there")
        }
        guard let bytes = Base64.decode(digits.utf8, spareBits: .ignored) else {
            throw FormatError(.line(block.line), "secret_binary is no base64")
        }
        return .binary(bytes)
    }

    /// The members of a map whose keys and values are words and strings.
    func texts(_ name: String) throws(FormatError) -> [(key: String, value: String)] {
        guard let tokens = block[name] else { return [] }
        let inner = tokens.filter { $0.kind != .lineEnd && !$0.isMark(",") }
        guard inner.first?.isMark("{") ?? false, inner.last?.isMark("}") ?? false,
            (inner.count - 2).isMultiple(of: 3)
        else { throw unknown(tokens, name) }
        var members: [(key: String, value: String)] = []
        for start in stride(from: 1, to: inner.count - 1, by: 3) {
            let mark = inner[start + 1]
            guard mark.isMark("=") || mark.isMark(":"),
                case .string(let value?) = inner[start + 2].kind
            else { throw unknown(tokens, name) }
            switch inner[start].kind {
            case .word(let key): members.append((key, value))
            case .string(let key?): members.append((key, value))
            default: throw unknown(tokens, name)
            }
        }
        return members
    }
}
