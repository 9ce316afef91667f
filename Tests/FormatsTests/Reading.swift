import Formats
import Notation
import Testing

extension SecretFormat {
    /// What a document by hand says, as `NAME=VALUE`; bytes are shown as numbers.
    func lines(
        _ text: String,
        files: [String: [UInt8]] = [:],
        variables: [String: String] = [:]
    ) throws -> [String] {
        let settings = ReadingSettings(
            dialect: .node,
            file: { files[$0] },
            variable: { variables[$0] }
        )
        return try read(Array(text.utf8), settings).secrets.map { secret in
            switch secret.value {
            case .text(let text): "\(secret.name)=\(text)"
            case .binary(let bytes): "\(secret.name)=\(bytes)"
            }
        }
    }

    /// Why a document is refused.
    func refusal(of text: String) throws -> String {
        try #require(throws: FormatError.self) { try lines(text) }.description
    }

    /// Why secrets are refused.
    func refusal(
        of secrets: [CarriedSecret],
        prefix: String = "",
        dialect: DotenvDialect = .node,
        valueFolder: String? = "values"
    ) throws -> String {
        let settings = WritingSettings(prefix: prefix, dialect: dialect, valueFolder: valueFolder)
        return try #require(throws: FormatError.self) { try document(of: secrets, settings) }
            .description
    }
}
