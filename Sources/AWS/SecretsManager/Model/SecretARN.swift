package import Notation

/// The Amazon Resource Name of a secret:
/// `arn:<partition>:secretsmanager:<region>:<account>:secret:<name>-<suffix>`.
///
/// An object, as a secret is copied from station to station, and each copy would count three texts more.
package final class SecretARN: Sendable, Hashable {
    /// The whole ARN.
    package let text: String
    package let scope: Scope
    /// The secret's name, without the suffix.
    package let name: String

    /// The ARN of a new secret, with a suffix of six characters of `[A-Za-z0-9]`.
    package init(scope: Scope, name: String, suffix: String) {
        text = SecretARN.text(named: "\(name)-\(suffix)", in: scope)
        self.scope = scope
        self.name = name
    }

    /// What an ARN would be with this name, or with a name and a suffix.
    static func text(named name: String, in scope: Scope) -> String {
        ARN(SecretsManager.signingName, in: scope, "secret:\(name)").text
    }

    /// An ARN as the vault stored it.
    package init(stored text: String, scope: Scope, name: String) {
        self.text = text
        self.scope = scope
        self.name = name
    }

    package static func == (one: SecretARN, other: SecretARN) -> Bool { one.text == other.text }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }

    /// The six characters after the last hyphen.
    package var suffix: Substring { text.suffix(SecretARN.suffixLength) }

    static let suffixLength = 6

    /// The name in an ARN of a secret; nil for the ARN of something else.
    static func name(in text: String) -> String? {
        guard let resource = resource(of: text), SecretAddress.endsInSuffix(resource[...]) else {
            return nil
        }
        return String(resource.dropFirst("secret:".count).dropLast(suffixLength + 1))
    }

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
}

/// Secrets in policies that are to last.
extension SecretARN {
    /// A pattern for the secret with any suffix, because one that is made anew has another; nil for
    /// the ARN of something else.
    static func patternOfAnySuffix(_ text: String) -> String? {
        guard let resource = resource(of: text), SecretAddress.endsInSuffix(resource[...]) else {
            return nil
        }
        return "\(text.dropLast(suffixLength))\(anySuffix)"
    }

    /// The same of an ARN that lacks its suffix because there is no such secret.
    static func patternOfMissingSuffix(_ text: String) -> String? {
        guard let resource = resource(of: text), !SecretAddress.endsInSuffix(resource[...]) else {
            return nil
        }
        return "\(text)-\(anySuffix)"
    }

    private static func resource(of text: String) -> String? {
        guard let arn = ARN(text), arn.service == SecretsManager.signingName,
            arn.resource.hasPrefix("secret:")
        else { return nil }
        return arn.resource
    }

    private static let anySuffix = "??????"
}
