internal import JSON

/// The rules of IAM for what a user or role may be, asked of single members from elsewhere.
package enum PrincipalRules {
    /// What is wrong with the tags of a user or role; nil when nothing is.
    package static func breach(tags: [Tag]) -> String? {
        guard tags.count <= Tag.maximumCount else {
            return "a user or role has \(Tag.maximumCount) tags at most"
        }
        guard !tags.contains(where: \.isReserved) else { return Tag.reservedKeySentence }
        guard Set(tags.map { $0.key.lowercased() }).count == tags.count else {
            return "IAM takes keys that differ only in capital letters for the same; rename one"
        }
        return CreateUser.breach(by: ["UserName": .string("name"), "Tags": Tag.members(tags)])
    }

    /// What is wrong with the name of an inline policy; nil when nothing is.
    package static func breach(inlinePolicyName name: String) -> String? {
        PutInlinePolicy<Users>.breach(by: [
            "UserName": .string("name"), "PolicyName": .string(name),
            "PolicyDocument": .string("{}"),
        ])
    }

    /// What is wrong with the id of an access key; nil when nothing is.
    package static func breach(accessKeyID id: String) -> String? {
        GetAccessKeyLastUsed.breach(by: ["AccessKeyId": .string(id)])
    }
}
