package import JSON

/// The rules of Secrets Manager for what a secret may be, asked of single members from elsewhere.
///
/// A request with just the one member is made and asked what breaks, so that nothing is let in that
/// the API would refuse.
package enum SecretRules {
    /// What is wrong with a member of CreateSecret; nil when nothing is.
    package static func breach(_ member: String, _ value: JSONValue) -> String? {
        CreateSecret.breach(
            by: [
                "Name": .string("name"), "ClientRequestToken": token,
            ].merging([member: value]) { $1 }
        )
    }

    /// What is wrong with the staging labels of a version.
    package static func breach(stagingLabels: [String]) -> String? {
        let labels = JSONValue.array(stagingLabels.map(JSONValue.string))
        return PutSecretValue.breach(by: [
            "SecretId": .string("name"), "ClientRequestToken": token, "VersionStages": labels,
        ])
    }

    /// What is wrong with a member of RotateSecret; nil when nothing is.
    package static func breach(rotation member: String, _ value: JSONValue) -> String? {
        RotateSecret.breach(by: [
            "SecretId": .string("name"), "ClientRequestToken": token, member: value,
        ])
    }

    /// What is wrong with the text of a resource policy; nil when nothing is.
    package static func breach(policy text: String) -> String? {
        PutResourcePolicy.breach(by: [
            "SecretId": .string("name"), "ResourcePolicy": .string(text),
        ])
    }

    /// What is wrong with the members of GetRandomPassword.
    package static func breach(password members: JSONObject) -> String? {
        var request: [String: JSONValue] = [:]
        for member in members.members { request[member.name] = member.value }
        return GetRandomPassword.breach(by: request)
    }

    /// What is wrong with the tags taken together, and with their keys.
    ///
    /// A secret that a service owns has that service's tags, which begin with `aws:`.
    package static func breach(tags: [Tag], isServiceOwned: Bool) -> String? {
        guard tags.count <= Tag.maximumCount else {
            return "a secret has \(Tag.maximumCount) tags at most"
        }
        guard isServiceOwned || !tags.contains(where: \.isReserved) else {
            return Tag.reservedKeySentence
        }
        return breach("Tags", Tag.members(tags))
    }

    private static let token = JSONValue.string("00000000-0000-4000-8000-000000000000")
}
