internal import AWS
internal import JSON

/// The API's own rules, asked of the members of a seed document.
///
/// A request with just the one member is made and asked what breaks, so that a seed can hold
/// nothing that the API would refuse.
enum SeedRules {
    /// What is wrong with a member of CreateSecret; nil when nothing is.
    static func breach(_ member: String, _ value: JSONValue) -> String? {
        var request = ["Name": JSONValue.string("name")]
        request[member] = value
        return breach(of: CreateSecret.self, request)
    }

    /// What is wrong with the staging labels of a version.
    static func breach(stagingLabels: [String]) -> String? {
        let labels = JSONValue.array(stagingLabels.map(JSONValue.string))
        let request = ["SecretId": JSONValue.string("name"), "VersionStages": labels]
        return breach(of: PutSecretValue.self, request)
    }

    /// What is wrong with a member of RotateSecret; nil when nothing is.
    static func breach(rotation member: String, _ value: JSONValue) -> String? {
        breach(of: RotateSecret.self, ["SecretId": .string("name"), member: value])
    }

    /// What is wrong with the text of a resource policy; nil when nothing is.
    static func breach(policy text: String) -> String? {
        breach(
            of: PutResourcePolicy.self,
            ["SecretId": .string("name"), "ResourcePolicy": .string(text)]
        )
    }

    /// What is wrong with the members of GetRandomPassword.
    static func breach(password members: JSONObject) -> String? {
        var request: [String: JSONValue] = [:]
        for member in members.members { request[member.name] = member.value }
        return breach(of: GetRandomPassword.self, request)
    }

    /// What is wrong with the tags taken together, and with their keys.
    ///
    /// A secret that a service owns has that service's tags, which begin with `aws:`.
    static func breach(tags: [Tag], isServiceOwned: Bool) -> String? {
        guard tags.count <= maximumTags else { return "a secret has \(maximumTags) tags at most" }
        let isReserved = tags.contains { $0.key.prefix(4).lowercased() == "aws:" }
        guard isServiceOwned || !isReserved else {
            return "keys that begin with aws: belong to AWS; choose another"
        }
        let list = tags.map { tag in
            JSONValue.object(
                JSONObject([("Key", .string(tag.key)), ("Value", .string(tag.value))])
            )
        }
        return breach("Tags", .array(list))
    }

    static let maximumTags = 50

    /// What is wrong with the tags of a user or role; nil when nothing is.
    static func breach(principalTags tags: [Tag]) -> String? {
        guard tags.count <= maximumTags else {
            return "a user or role has \(maximumTags) tags at most"
        }
        guard !tags.contains(where: { $0.key.prefix(4).lowercased() == "aws:" }) else {
            return "keys that begin with aws: belong to AWS; choose another"
        }
        guard Set(tags.map { $0.key.lowercased() }).count == tags.count else {
            return "IAM takes keys that differ only in capital letters for the same; rename one"
        }
        let list = tags.map { tag in
            JSONValue.object(
                JSONObject([("Key", .string(tag.key)), ("Value", .string(tag.value))])
            )
        }
        return breach(of: CreateUser.self, ["UserName": .string("name"), "Tags": .array(list)])
    }

    /// What is wrong with the name of an inline policy; nil when nothing is.
    static func breach(inlinePolicyName name: String) -> String? {
        breach(
            of: PutInlinePolicy<Users>.self,
            [
                "UserName": .string("name"), "PolicyName": .string(name),
                "PolicyDocument": .string("{}"),
            ]
        )
    }

    /// What is wrong with the id of an access key; nil when nothing is.
    static func breach(accessKeyID id: String) -> String? {
        breach(of: GetAccessKeyLastUsed.self, ["AccessKeyId": .string(id)])
    }

    /// What is wrong with a request; nil when nothing is.
    static func breach<O: AWS.Operation>(
        of _: O.Type,
        _ request: [String: JSONValue]
    ) -> String? {
        let token = JSONValue.string("00000000-0000-4000-8000-000000000000")
        let object = ["ClientRequestToken": token].merging(request) { $1 }
        var members = Members(JSONObject(object.map { (name: $0.key, value: $0.value) }))
        do throws(APIError) {
            let request = try O(from: &members)
            if let violation = request.violations().first { return rule(of: violation) }
            try request.checkBeforeLookup()
            return nil
        } catch {
            return error.message ?? error.code.rawValue
        }
    }

    /// The constraint alone: what stands before it repeats the value.
    private static func rule(of violation: Violation) -> String {
        guard let range = violation.text.firstRange(of: "constraint: Member ") else {
            return "breaks a rule of the API"
        }
        return String(violation.text[range.upperBound...])
    }
}
