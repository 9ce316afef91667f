import AWS
import JSON
import TestSupport
import Testing

@Suite("GetRandomPassword")
struct GetRandomPasswordTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    private func password(_ members: JSONValue = [:]) throws -> String {
        try vault.call(.getRandomPassword, members)["RandomPassword"]?.string ?? ""
    }

    @Test("by default it has 32 characters, of each of the four classes, and no space")
    func defaults() throws {
        #expect(try vault.call(.getRandomPassword).names == ["RandomPassword"])
        for _ in 1...50 {
            let password = try password()
            #expect(password.utf8.count == 32)
            #expect(Set(password.utf8.map(characterClass)) == ["a", "A", "0", "!"])
        }
    }

    @Test("it has the length that is asked for", arguments: [4, 5, 64, 4_096] as [Int64])
    func length(count: Int64) throws {
        let members: JSONValue = ["PasswordLength": .number(JSONNumber(count))]
        #expect(try password(members).utf8.count == Int(count))
    }

    @Test(
        "classes that are excluded do not occur, and the others do",
        arguments: [
            ("ExcludeNumbers", "0"), ("ExcludePunctuation", "!"), ("ExcludeUppercase", "A"),
            ("ExcludeLowercase", "a"),
        ]
    )
    func classes(member: String, excluded: String) throws {
        var members: JSONValue = ["PasswordLength": 1_000]
        members.set(member, true)
        let classes = Set(try password(members).utf8.map(characterClass))
        #expect(classes == Set(["a", "A", "0", "!"]).subtracting([excluded]))
    }

    @Test("characters that are excluded do not occur")
    func characters() throws {
        let text = try password(
            ["PasswordLength": 4_096, "ExcludeCharacters": "abc\"\\/@019"]
        )
        #expect(text.allSatisfy { !"abc\"\\/@019".contains($0) })
        #expect(text.contains("d"))
    }

    @Test("the space occurs only when it is asked for, and is never required")
    func space() throws {
        #expect(try password(["PasswordLength": 4_096, "IncludeSpace": true]).contains(" "))
        #expect(try !password(["PasswordLength": 4_096]).contains(" "))
        let members: JSONValue = ["PasswordLength": 4, "IncludeSpace": true]
        for _ in 1...50 {
            #expect(Set(try password(members).utf8.map(characterClass)) == ["a", "A", "0", "!"])
        }
    }

    @Test("without required classes short passwords and emptied classes are fine")
    func relaxed() throws {
        let members: JSONValue = [
            "PasswordLength": 1, "ExcludeCharacters": "0123456789",
            "RequireEachIncludedType": false,
        ]
        #expect(try password(members).utf8.count == 1)
    }

    @Test("a class that is excluded by its flag is not required")
    func notRequired() throws {
        let members: JSONValue = [
            "PasswordLength": 1, "ExcludeNumbers": true, "ExcludePunctuation": true,
            "ExcludeUppercase": true, "ExcludeCharacters": "bcdefghijklmnopqrstuvwxyz",
        ]
        #expect(try password(members) == "a")
    }

    @Test("no two passwords are the same, and nothing is stored")
    func different() throws {
        let passwords = try (1...100).map { _ in try password() }
        #expect(Set(passwords).count == 100)
        #expect(try vault.call(.listSecrets)["SecretList"] == [])
    }

    @Test("recipes that AWS refuses are refused in its words", arguments: refusedRecipes)
    func refusals(row: Refused) {
        #expect(vault.refusal(of: .getRandomPassword, row.members) == row.expected)
    }
}

/// A letter that stands for the class of a character.
private func characterClass(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): "a"
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): "A"
    case UInt8(ascii: "0")...UInt8(ascii: "9"): "0"
    case 0x21...0x7e: "!"
    default: "other"
    }
}

private let noCharacters = Refusal.invalid("All characters have been excluded from selection.")
private let emptiedClass = Refusal.invalid("All characters of the desired type have been excluded.")
private let tooShort = Refusal.invalid("Password length is too short based on the required types.")

private let refusedRecipes = [
    Refused(
        ["PasswordLength": 5_000],
        .constraint("'5000'", "passwordLength", "have value less than or equal to 4096")
    ),
    Refused(
        ["PasswordLength": 0],
        .constraint("'0'", "passwordLength", "have value greater than or equal to 1")
    ),
    Refused(
        ["PasswordLength": -1],
        .constraint("'-1'", "passwordLength", "have value greater than or equal to 1")
    ),
    Refused(
        ["ExcludeCharacters": "\(long(4_097))"],
        .constraint("'\(long(4_097))'", "excludeCharacters", atMost(4_096))
    ),
    Refused(["PasswordLength": 3], tooShort),
    Refused(["PasswordLength": 2, "ExcludeNumbers": true], tooShort),
    Refused(["ExcludeCharacters": "0123456789"], emptiedClass),
    Refused(
        [
            "ExcludeNumbers": true, "ExcludePunctuation": true, "ExcludeUppercase": true,
            "ExcludeLowercase": true,
        ],
        noCharacters
    ),
    Refused(
        [
            "ExcludeCharacters": "0123456789", "ExcludePunctuation": true,
            "ExcludeUppercase": true, "ExcludeLowercase": true,
            "RequireEachIncludedType": false,
        ],
        noCharacters
    ),
    Refused(
        ["PasswordLength": "8"],
        .wrongType("STRING_VALUE can not be converted to a Long")
    ),
    Refused(
        ["PasswordLength": true],
        .wrongType("TRUE_VALUE can not be converted to a Long")
    ),
]
