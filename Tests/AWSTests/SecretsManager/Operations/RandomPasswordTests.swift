import TestSupport
import Testing

@testable import AWS

@Suite("Random passwords")
struct RandomPasswordTests {
    @Test("a password holds each class that is not excluded, in any place", arguments: 1...200)
    func everyClass(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let password = try RandomPassword(length: 4).generate(using: &generator)
        #expect(password.count == 4)
        #expect(password.contains { $0.isLowercase })
        #expect(password.contains { $0.isUppercase })
        #expect(password.contains { $0.isNumber })
        #expect(password.contains { "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".contains($0) })
    }

    @Test("excluded characters and classes never occur")
    func exclusion() throws {
        var generator = SplitMix64(seed: 1)
        let recipe = RandomPassword(
            length: 4_096,
            excluding: "abcXYZ",
            excludedClasses: [.numbers, .punctuation]
        )
        let password = try recipe.generate(using: &generator)
        #expect(password.count == 4_096)
        #expect(password.allSatisfy { $0.isLetter && !"abcXYZ".contains($0) })
    }

    @Test("the space occurs when asked for and is never required")
    func space() throws {
        var generator = SplitMix64(seed: 1)
        let long = RandomPassword(length: 4_096, includesSpace: true)
        #expect(try long.generate(using: &generator).contains(" "))
        let without = RandomPassword(length: 4_096, excluding: " ", includesSpace: true)
        #expect(try !without.generate(using: &generator).contains(" "))
    }

    @Test("every letter of the alphabet comes up")
    func coverage() throws {
        var generator = SplitMix64(seed: 7)
        let password = try RandomPassword(length: 4_096).generate(using: &generator)
        #expect(Set(password).count == 94)
    }

    @Test(
        "recipes that cannot be followed are refused by AWS's sentences",
        arguments: [
            (RandomPassword(length: 3), .passwordTooShort),
            (RandomPassword(excluding: "0123456789"), .requiredTypeExcluded),
            (
                RandomPassword(excludedClasses: Set(RandomPassword.CharacterClass.allCases)),
                .everythingExcluded
            ),
            (
                RandomPassword(
                    excluding: "0123456789",
                    excludedClasses: [.lowercase, .uppercase, .punctuation],
                    requiresEachClass: false
                ),
                .everythingExcluded
            ),
        ] as [(RandomPassword, APIError)]
    )
    func refusals(recipe: RandomPassword, expected: APIError) {
        var generator = SplitMix64(seed: 1)
        let error = #expect(throws: APIError.self) { try recipe.generate(using: &generator) }
        #expect(error == expected)
    }

    @Test("without required classes one character is enough, and an emptied class is no error")
    func relaxed() throws {
        var generator = SplitMix64(seed: 1)
        let recipe = RandomPassword(length: 1, excluding: "0123456789", requiresEachClass: false)
        #expect(try recipe.generate(using: &generator).count == 1)
    }
}
