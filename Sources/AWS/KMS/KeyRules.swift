internal import JSON

/// The rules of KMS for what a key may be, asked of single members from elsewhere.
package enum KeyRules {
    /// What is wrong with a key's description; nil when nothing is.
    package static func breach(description: String) -> String? {
        CreateKey.breach(by: ["Description": .string(description)])
    }

    /// What is wrong with the tags of a key.
    package static func breach(tags: [Tag]) -> String? {
        guard tags.count <= Tag.maximumCount else {
            return "a key has \(Tag.maximumCount) tags at most"
        }
        guard !tags.contains(where: \.isReserved) else { return Tag.reservedKeySentence }
        let list = tags.map { KeyTag(tag: $0).jsonValue }
        return CreateKey.breach(by: ["Tags": .array(list)])
    }

    /// What is wrong with the name of an alias.
    package static func breach(alias: String) -> String? {
        do throws(APIError) {
            try KeyAlias.check(alias)
        } catch {
            return "must be a name as alias/app, and none of AWS's own"
        }
        return CreateAlias.breach(by: [
            "AliasName": .string(alias), "TargetKeyId": .string("key"),
        ])
    }

    /// What is wrong with the days between two rotations.
    package static func breach(rotationPeriodInDays days: Int64) -> String? {
        EnableKeyRotation.breach(by: [
            "KeyId": .string("key"), "RotationPeriodInDays": .number(JSONNumber(days)),
        ])
    }

    /// What is wrong with a key policy, all but whether those whom it names are there.
    package static func breach(policy text: String) -> String? {
        PutKeyPolicy.breach(by: ["KeyId": .string("key"), "Policy": .string(text)])
            ?? KeyPolicy.fault(in: text)
    }

    /// The most aliases that a key may have.
    package static let maximumAliases = KeyAlias.maximumPerKey
}

extension KeyTag {
    /// As a request has it.
    fileprivate var jsonValue: JSONValue {
        .object(JSONObject([("TagKey", .string(tag.key)), ("TagValue", .string(tag.value))]))
    }
}
