package import JSON

/// Makes a random password; nothing is stored.
///
/// [GetRandomPassword](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html).
/// Errors: InvalidParameterException.
package struct GetRandomPassword: ReadOperation {
    package static let action = SecretsManagerAction.getRandomPassword

    private let passwordLength: Int64?
    private let excludeCharacters: String?
    private let excludedClasses: Set<RandomPassword.CharacterClass>
    private let includeSpace: Bool
    private let requireEachIncludedType: Bool

    package init(from members: inout Members) throws(APIError) {
        passwordLength = try members.long("PasswordLength")
        excludeCharacters = try members.string("ExcludeCharacters")
        var excluded: Set<RandomPassword.CharacterClass> = []
        if try members.boolean("ExcludeNumbers") == true { excluded.insert(.numbers) }
        if try members.boolean("ExcludePunctuation") == true { excluded.insert(.punctuation) }
        if try members.boolean("ExcludeUppercase") == true { excluded.insert(.uppercase) }
        if try members.boolean("ExcludeLowercase") == true { excluded.insert(.lowercase) }
        excludedClasses = excluded
        includeSpace = try members.boolean("IncludeSpace") ?? false
        requireEachIncludedType = try members.boolean("RequireEachIncludedType") ?? true
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.range(of: passwordLength, RandomPassword.lengths, at: "passwordLength")
        constraints.length(of: excludeCharacters, 0...4_096, at: "excludeCharacters")
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        var randomness = call.randomness
        let recipe = RandomPassword(
            length: passwordLength.map(Int.init) ?? RandomPassword.defaultLength,
            excluding: excludeCharacters ?? "",
            excludedClasses: excludedClasses,
            includesSpace: includeSpace,
            requiresEachClass: requireEachIncludedType
        )
        return Response(password: try recipe.generate(using: &randomness))
    }

    package struct Response: Sendable, JSONWritable {
        let password: String

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("RandomPassword", password)
            writer.endObject()
        }
    }
}
