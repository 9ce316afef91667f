import Notation

/// Secrets as the variables of an env file.
enum DotenvFormat {
    static func document(
        of secrets: [CarriedSecret],
        _ settings: WritingSettings
    ) throws(FormatError) -> WrittenDocument {
        let names = try Labels.of(secrets, .variables, without: settings.prefix)
        let lines = try secrets.pieces { index, secret throws(FormatRefusal) in
            guard case .text(let value) = secret.value else { throw .binary }
            return try settings.dialect.line(setting: names[index], to: value)
        }
        return WrittenDocument(text: lines.map { $0 + "\n" }.joined())
    }

    static func read(
        _ bytes: [UInt8],
        _ settings: ReadingSettings
    ) throws(FormatError) -> CarriedDocument {
        let file = try settings.dialect.read(bytes)
        return CarriedDocument(
            secrets: file.variables.map { CarriedSecret(name: $0.name, value: .text($0.value)) },
            remarks: file.remarks
        )
    }
}
