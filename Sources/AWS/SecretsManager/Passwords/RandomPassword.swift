/// What a random password is made of, by the rules of GetRandomPassword.
package struct RandomPassword: Sendable {
    package static let lengths: ClosedRange<Int64> = 1...4_096
    package static let defaultLength = 32

    private let length: Int
    private let excluded: Set<Character>
    private let classes: [[Character]]
    private let includesSpace: Bool
    private let requiresEachClass: Bool

    /// - Parameters:
    ///   - length: in characters.
    ///   - excluding: single characters that must not occur.
    ///   - excludedClasses: whole classes that must not occur.
    ///   - includesSpace: whether the space may occur; it is never required.
    ///   - requiresEachClass: whether each class that is not excluded must occur.
    package init(
        length: Int = defaultLength,
        excluding: String = "",
        excludedClasses: Set<CharacterClass> = [],
        includesSpace: Bool = false,
        requiresEachClass: Bool = true
    ) {
        self.length = length
        excluded = Set(excluding)
        classes = CharacterClass.allCases
            .filter { !excludedClasses.contains($0) }
            .map { Array($0.characters) }
        self.includesSpace = includesSpace
        self.requiresEachClass = requiresEachClass
    }

    /// Reads the members of GetRandomPassword, whose bounds are not looked at here.
    package init(from members: inout Members) throws(APIError) {
        let length = try members.long("PasswordLength")
        let excluding = try members.string("ExcludeCharacters")
        var excluded: Set<CharacterClass> = []
        if try members.boolean("ExcludeNumbers") == true { excluded.insert(.numbers) }
        if try members.boolean("ExcludePunctuation") == true { excluded.insert(.punctuation) }
        if try members.boolean("ExcludeUppercase") == true { excluded.insert(.uppercase) }
        if try members.boolean("ExcludeLowercase") == true { excluded.insert(.lowercase) }
        self.init(
            length: length.map(Int.init) ?? RandomPassword.defaultLength,
            excluding: excluding ?? "",
            excludedClasses: excluded,
            includesSpace: try members.boolean("IncludeSpace") ?? false,
            requiresEachClass: try members.boolean("RequireEachIncludedType") ?? true
        )
    }

    package enum CharacterClass: Sendable, CaseIterable {
        case lowercase, uppercase, numbers, punctuation

        fileprivate var characters: String {
            switch self {
            case .lowercase: "abcdefghijklmnopqrstuvwxyz"
            case .uppercase: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            case .numbers: "0123456789"
            case .punctuation: ##"!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"##
            }
        }
    }

    package func generate(
        using generator: inout some RandomNumberGenerator
    ) throws(APIError) -> String {
        let allowed = classes.map { $0.filter { !excluded.contains($0) } }
        let space: [Character] = includesSpace && !excluded.contains(" ") ? [" "] : []
        let alphabet = allowed.joined() + space
        guard !classes.isEmpty || !alphabet.isEmpty else { throw .everythingExcluded }
        if requiresEachClass {
            guard allowed.allSatisfy({ !$0.isEmpty }) else { throw .requiredTypeExcluded }
            guard length >= allowed.count else { throw .passwordTooShort }
        }
        guard !alphabet.isEmpty else { throw .everythingExcluded }
        let letters = Array(alphabet)
        var password: [Character] = []
        if requiresEachClass {
            for characters in allowed {
                password.append(characters[Int.random(in: characters.indices, using: &generator)])
            }
        }
        while password.count < length {
            password.append(letters[Int.random(in: letters.indices, using: &generator)])
        }
        password.shuffle(using: &generator)
        return String(password)
    }
}
