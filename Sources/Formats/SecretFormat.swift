/// The files in which other programs keep secrets.
package enum SecretFormat: String, CaseIterable, Sendable {
    /// An env file, in one of its dialects.
    case dotenv
    /// One object with a member for each secret.
    case json
    /// Lines of `export NAME='value'` for a POSIX shell.
    case shell
    /// A Secret, its data in base64.
    case kubernetes
    /// Resources of the AWS provider, with blocks that import them.
    case terraform
    /// A script that makes the secrets with the AWS CLI.
    case awsCLI = "aws-cli"
    /// The `secrets` of a Compose file, each value in a file of its own.
    case compose

    /// Whether its documents have the whole names of secrets, and none that a prefix was taken from.
    package var namesSecretsWhole: Bool { self == .terraform || self == .awsCLI }

    /// A document that says these secrets.
    ///
    /// - Throws: every secret that the format cannot carry, with the reason.
    package func document(
        of secrets: [CarriedSecret],
        _ settings: WritingSettings
    ) throws(FormatError) -> WrittenDocument {
        switch self {
        case .dotenv: try DotenvFormat.document(of: secrets, settings)
        case .json: try JSONFormat.document(of: secrets, settings)
        case .shell: try ShellFormat.document(of: secrets, settings)
        case .kubernetes: try KubernetesFormat.document(of: secrets, settings)
        case .terraform: try TerraformFormat.document(of: secrets, settings)
        case .awsCLI: try AWSCLIFormat.document(of: secrets)
        case .compose: try ComposeFormat.document(of: secrets, settings)
        }
    }

    /// What a document says.
    ///
    /// - Throws: when it is none, or says something that only another program can work out.
    package func read(
        _ bytes: [UInt8],
        _ settings: ReadingSettings
    ) throws(FormatError) -> CarriedDocument {
        switch self {
        case .dotenv: try DotenvFormat.read(bytes, settings)
        case .json: try JSONFormat.read(bytes)
        case .shell: try ShellFormat.read(bytes)
        case .kubernetes: try KubernetesFormat.read(bytes)
        case .terraform: try TerraformFormat.read(bytes)
        case .awsCLI: try AWSCLIFormat.read(bytes)
        case .compose: try ComposeFormat.read(bytes, settings)
        }
    }
}
