internal import ArgumentParser
internal import Formats

/// What an import reads: a file of another program, or a description of secrets with their values.
enum ImportFormat: ExpressibleByArgument {
    case file(SecretFormat)
    case description(DescriptionFormat)

    init?(argument: String) {
        if let format = SecretFormat(argument: argument) {
            self = .file(format)
        } else if let format = DescriptionFormat(argument: argument) {
            self = .description(format)
        } else {
            return nil
        }
    }

    static var allValueStrings: [String] {
        SecretFormat.allValueStrings + DescriptionFormat.allValueStrings
    }

    static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }

    /// The format of a file, told by its content.
    static func of(_ bytes: [UInt8]) throws(FormatError) -> ImportFormat {
        if let format = DescriptionFormat.of(bytes) { return .description(format) }
        return .file(try SecretFormat.of(bytes))
    }

    /// Whether its documents have the whole names of secrets.
    var namesSecretsWhole: Bool {
        switch self {
        case .file(let format): format.namesSecretsWhole
        case .description: true
        }
    }

    func document(
        _ bytes: [UInt8],
        _ settings: ReadingSettings
    ) throws(FormatError) -> CarriedDocument {
        switch self {
        case .file(let format): try format.read(bytes, settings)
        case .description(let format): try format.carried(bytes)
        }
    }
}
