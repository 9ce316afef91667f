import Notation

/// Secrets as resources of Terraform's AWS provider, with blocks that import what is there already.
///
/// [aws_secretsmanager_secret](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret),
/// [aws_secretsmanager_secret_version](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_version)
enum TerraformFormat {
    static let secretType = "aws_secretsmanager_secret"
    static let versionType = "aws_secretsmanager_secret_version"

    static func document(
        of secrets: [CarriedSecret],
        _ settings: WritingSettings
    ) throws(FormatError) -> WrittenDocument {
        let labels = labels(of: secrets, without: settings.prefix)
        let blocks = try secrets.pieces { index, secret throws(FormatRefusal) in
            try block(of: secret, label: labels[index])
        }
        return WrittenDocument(text: blocks.joined(separator: "\n"))
    }

    private static func block(
        of secret: CarriedSecret,
        label: String
    ) throws(FormatRefusal) -> String {
        var text = ""
        if let origin = secret.origin {
            text += try importBlock(to: "\(secretType).\(label)", id: origin.arn)
            text += try importBlock(
                to: "\(versionType).\(label)",
                id: "\(origin.arn)|\(origin.versionID)"
            )
        }
        text += "resource \"\(secretType)\" \"\(label)\" {\n"
        text += try attributes([
            ("name", secret.name), ("description", secret.description),
            ("kms_key_id", secret.kmsKeyID),
        ])
        if !secret.tags.isEmpty {
            let tags = try secret.tags.map { tag throws(FormatRefusal) in
                (name: try TerraformText.quoted(tag.key), value: tag.value as String?)
            }
            text += "  tags = {\n\(try attributes(tags, indent: "    "))  }\n"
        }
        text += """
            }

            resource "\(versionType)" "\(label)" {
              secret_id     = \(secretType).\(label).id

            """
        switch secret.value {
        case .text(let value): text += try attributes([("secret_string", value)])
        case .binary(let bytes): text += try attributes([("secret_binary", Base64.text(bytes))])
        }
        return text + "}\n"
    }

    /// Lines that set attributes, their values one below the other as `terraform fmt` has them.
    private static func attributes(
        _ attributes: [(name: String, value: String?)],
        indent: String = "  "
    ) throws(FormatRefusal) -> String {
        let width = attributes.map { $0.value == nil ? 0 : $0.name.count }.max() ?? 0
        var lines = ""
        for (name, value) in attributes {
            guard let value else { continue }
            let spaces = String(repeating: " ", count: width - name.count)
            lines += "\(indent)\(name)\(spaces) = \(try TerraformText.quoted(value))\n"
        }
        return lines
    }

    private static func importBlock(to address: String, id: String) throws(FormatRefusal) -> String
    {
        """
        import {
          to = \(address)
          id = \(try TerraformText.quoted(id))
        }


        """
    }

    /// A name for each secret's resources: what is left without the prefix, with `_` for whatever is
    /// no letter or digit; a number behind it where two would be the same.
    private static func labels(of secrets: [CarriedSecret], without prefix: String) -> [String] {
        var taken: Set<String> = []
        return secrets.map { secret in
            let isPrefixAll = secret.name.utf8.count == prefix.utf8.count
            let rest = isPrefixAll ? secret.name[...] : secret.name.dropFirst(prefix.count)
            let word = String(
                decoding: rest.utf8.map { ASCII.isAlphanumeric($0) ? $0 : UInt8(ascii: "_") },
                as: UTF8.self
            )
            let begin = word.utf8.first.map(ASCII.isLetter) ?? false ? word : "secret_\(word)"
            var label = begin
            var number = 1
            while !taken.insert(label).inserted {
                number += 1
                label = "\(begin)_\(number)"
            }
            return label
        }
    }
}
