/// The Amazon Resource Name of a secret:
/// `arn:<partition>:secretsmanager:<region>:<account>:secret:<name>-<suffix>`.
package struct SecretARN: Sendable, Hashable {
    /// The whole ARN.
    package let text: String
    package let scope: Scope
    /// The secret's name, without the suffix.
    package let name: String

    /// The ARN of a new secret, with a suffix of six characters of `[A-Za-z0-9]`.
    package init(scope: Scope, name: String, suffix: String) {
        let partition = SecretARN.partition(ofRegion: scope.region)
        text =
            "arn:\(partition):secretsmanager:\(scope.region):\(scope.account)"
            + ":secret:\(name)-\(suffix)"
        self.scope = scope
        self.name = name
    }

    /// An ARN as the vault stored it.
    package init(stored text: String, scope: Scope, name: String) {
        self.text = text
        self.scope = scope
        self.name = name
    }

    /// The six characters after the last hyphen.
    package var suffix: Substring { text.suffix(SecretARN.suffixLength) }

    static let suffixLength = 6

    /// The letters that a suffix is drawn from.
    package static let suffixAlphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    )

    /// A random suffix, so that a name that is used again gets another ARN.
    package static func makeSuffix(using generator: inout some RandomNumberGenerator) -> String {
        var suffix = ""
        for _ in 0..<suffixLength {
            let index = Int.random(in: suffixAlphabet.indices, using: &generator)
            suffix.append(suffixAlphabet[index])
        }
        return suffix
    }

    static func partition(ofRegion region: String) -> String {
        if region.hasPrefix("cn-") { return "aws-cn" }
        if region.hasPrefix("us-gov-") { return "aws-us-gov" }
        return "aws"
    }
}
