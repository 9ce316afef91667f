internal import Notation

/// The pairs of names and values that a ciphertext is bound to: it opens with the same ones only.
///
/// [Encryption context](https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html)
package struct KMSEncryptionContext: Sendable, Hashable {
    package let pairs: [String: String]

    package init(_ pairs: [String: String] = [:]) {
        self.pairs = pairs
    }

    /// A request without the member has none.
    init(_ member: String, from members: inout Members) throws(APIError) {
        pairs = try members.texts(member) ?? [:]
    }

    /// The prefix of the condition keys that have a pair each.
    static let conditionPrefix = "kms:EncryptionContext:"
}

extension Permission {
    /// A key for each pair, and one with all their names.
    mutating func set(encryptionContext context: KMSEncryptionContext) {
        for (name, value) in context.pairs {
            set(KMSEncryptionContext.conditionPrefix + name, value)
        }
        set("kms:EncryptionContextKeys", all: context.pairs.keys.sorted())
    }

    /// The pairs that were set.
    var encryptionContext: KMSEncryptionContext {
        let prefix = KMSEncryptionContext.conditionPrefix
        var pairs: [String: String] = [:]
        for (key, values) in conditionValues where key.hasPrefix(prefix) {
            pairs[String(key.dropFirst(prefix.count))] = values.first
        }
        return KMSEncryptionContext(pairs)
    }
}
