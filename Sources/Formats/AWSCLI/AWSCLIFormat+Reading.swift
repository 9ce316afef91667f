import JSON
import Notation

extension AWSCLIFormat {
    /// The secrets that the calls of `create-secret` in a script would make.
    static func read(_ bytes: [UInt8]) throws(FormatError) -> CarriedDocument {
        var secrets: [CarriedSecret] = []
        var lines: [String: Int] = [:]
        var remarks: [DotenvFile.Remark] = []
        var files = WrittenFiles()
        for command in try ShellReader.commands(in: bytes) {
            if let call = AWSCLICall(command) {
                let secret = try call.secret(files)
                if let other = lines.updateValue(command.line, forKey: secret.name) {
                    throw FormatError(
                        .line(command.line),
                        "\(secret.name) is made in line \(other) already"
                    )
                }
                secrets.append(secret)
                files.piped = nil
            } else if !files.take(command), !isSetting(command) {
                remarks.append(.init(line: command.line, text: "passed over: not create-secret"))
            }
        }
        return CarriedDocument(secrets: secrets, remarks: remarks)
    }

    /// Whether a command makes no secret and is no loss.
    private static func isSetting(_ command: ScriptCommand) -> Bool {
        let settings = ["set", "export", "umask", "trap"]
        return command.words.allSatisfy { $0.assignment != nil }
            || settings.contains(command.words.first?.text ?? "")
    }
}

/// What the commands of a script have written so far, into a pipe and into files.
private struct WrittenFiles {
    var piped: [UInt8]?
    /// By the word that names the file, as in `$file`.
    private var files: [String: [UInt8]] = [:]

    /// Takes what a command writes.
    ///
    /// - Parameter command: `printf '%s' TEXT`, or `base64 -d` behind it.
    /// - Returns: false for any other command.
    mutating func take(_ command: ScriptCommand) -> Bool {
        let input = command.isPipedInto ? piped : nil
        piped = nil
        let words = command.words.map(\.text)
        let written: [UInt8]
        if words.count == 3, words[0] == "printf", words[1] == "%s", !command.words[2].isExpanded {
            written = command.words[2].bytes
        } else if words.count == 2, words[0] == "base64", ["-d", "--decode"].contains(words[1]),
            let input, let decoded = Base64.decode(input)
        {
            written = decoded
        } else {
            return false
        }
        if let output = command.output { files[output.text] = written } else { piped = written }
        return true
    }

    /// What an argument says, or the file that it names; nil for a file that is not known.
    func content(of word: ShellWord) -> [UInt8]? {
        for scheme in ["file://", "fileb://"] where word.text.hasPrefix(scheme) {
            let path = String(word.text.dropFirst(scheme.count))
            return path == "/dev/stdin" ? piped : files[path]
        }
        return word.isExpanded ? nil : word.bytes
    }
}

/// One call of `aws secretsmanager create-secret`.
private struct AWSCLICall {
    private let command: ScriptCommand
    private var options: [String: ShellWord] = [:]

    /// - Returns: nil for another command.
    init?(_ command: ScriptCommand) {
        let words = command.words
        guard words.first?.text == "aws",
            let place = words.firstIndex(where: { $0.text == "create-secret" }), place > 1,
            words[place - 1].text == "secretsmanager"
        else { return nil }
        self.command = command
        var index = place + 1
        while index < words.count {
            let option = words[index]
            index += 1
            guard option.text.hasPrefix("--") else { continue }
            if let equals = option.text.firstIndex(of: "=") {
                var value = option
                value.bytes = Array(option.text[option.text.index(after: equals)...].utf8)
                options[String(option.text[..<equals])] = value
            } else if index < words.count {
                options[option.text] = words[index]
            }
        }
    }

    func secret(_ files: WrittenFiles) throws(FormatError) -> CarriedSecret {
        var members: [String: JSONValue] = [:]
        if let word = options["--cli-input-json"] {
            let json = try JSONFormat.parse(try content(of: word, files))
            guard case .object(let object) = json else { throw wrong("an object is expected") }
            for member in object.members { members[member.name] = member.value }
        }
        func text(_ option: String, _ member: String) throws(FormatError) -> String? {
            guard let word = options[option] else { return members[member]?.text }
            return String(decoding: try content(of: word, files), as: UTF8.self)
        }
        guard let name = try text("--name", "Name") else { throw wrong("there is no --name") }
        var secret = CarriedSecret(name: name, value: try value(members, files))
        secret.description = try text("--description", "Description")
        secret.kmsKeyID = try text("--kms-key-id", "KmsKeyId")
        secret.tags = try tags(members, files)
        return secret
    }

    private func value(
        _ members: [String: JSONValue],
        _ files: WrittenFiles
    ) throws(FormatError) -> VersionValue {
        if let word = options["--secret-binary"] {
            guard word.text.hasPrefix("fileb://") else {
                throw wrong(
                    "versions of the AWS CLI differ in what --secret-binary is; use fileb://"
                )
            }
            return .binary(try content(of: word, files))
        }
        if let word = options["--secret-string"] {
            let bytes = try content(of: word, files)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw wrong("--secret-string is not UTF-8")
            }
            return .text(text)
        }
        guard let text = members["SecretString"]?.text else { throw wrong("it has no value") }
        return .text(text)
    }

    private func tags(
        _ members: [String: JSONValue],
        _ files: WrittenFiles
    ) throws(FormatError) -> [(key: String, value: String)] {
        let list =
            try options["--tags"].map { word throws(FormatError) in
                guard word.text.first == "[" else {
                    throw wrong("--tags is read as JSON only")
                }
                return try JSONFormat.parse(try content(of: word, files))
            } ?? members["Tags"]
        guard let list else { return [] }
        guard case .array(let elements) = list else { throw wrong("tags are a list") }
        var tags: [(key: String, value: String)] = []
        for element in elements {
            guard case .object(let tag) = element, let key = tag["Key"]?.text else {
                throw wrong("a tag has a Key and a Value")
            }
            tags.append((key, tag["Value"]?.text ?? ""))
        }
        return tags
    }

    private func content(
        of word: ShellWord,
        _ files: WrittenFiles
    ) throws(FormatError) -> [UInt8] {
        guard let content = files.content(of: word) else {
            throw FormatError(
                .line(word.line),
                "a shell or another file says what stands here; neither is read"
            )
        }
        return content
    }

    private func wrong(_ reason: String) -> FormatError {
        FormatError(.line(command.line), reason)
    }
}

extension JSONValue {
    /// The text of a string.
    fileprivate var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }
}
