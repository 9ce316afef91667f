import AWS
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("Built-in rotation")
struct BuiltInRotationTests {
    private func newValue(_ rotation: BuiltInRotation, after current: String?) throws -> String {
        let value = try rotation.newValue(
            after: current.map { SecretValue(kind: .string, bytes: Array($0.utf8)) },
            Randomness { 42 }
        )
        #expect(value.kind == .string)
        return String(decoding: value.bytes, as: UTF8.self)
    }

    private let rules = PasswordRules(
        JSONObject([
            ("PasswordLength", 12), ("ExcludePunctuation", true), ("ExcludeNumbers", true),
            ("RequireEachIncludedType", false),
        ])
    )

    private var letters: BuiltInRotation { BuiltInRotation(.randomPassword(member: nil), rules) }

    @Test("a plain value is replaced as a whole", arguments: ["old", "", "[1]", "3", "{broken"])
    func plain(current: String) throws {
        let value = try newValue(letters, after: current)
        #expect(value.count == 12)
        #expect(value.allSatisfy { $0.isLetter && $0.isASCII })
    }

    @Test("a secret without a value gets one")
    func empty() throws {
        #expect(try newValue(letters, after: nil).count == 12)
    }

    @Test("of a JSON value the password is replaced, and everything else stays as it is")
    func json() throws {
        let current = #"{"username":"é\u0000","port":5432.10,"password":"old","tags":[null,{}]}"#
        let value = try newValue(letters, after: current)
        #expect(value.hasPrefix(#"{"username":"é\u0000","port":5432.10,"password":""#))
        #expect(value.hasSuffix(#"","tags":[null,{}]}"#))
        #expect(!value.contains("old"))
    }

    @Test("the member that was named is the one")
    func namedMember() throws {
        let named = BuiltInRotation(.randomPassword(member: "apiKey"), rules)
        let value = try newValue(named, after: #"{"password":"kept","apiKey":"old"}"#)
        #expect(value.hasPrefix(#"{"password":"kept","apiKey":""#))
        #expect(!value.contains("old"))
    }

    @Test(
        "what has no such member is left alone, and says so",
        arguments: [
            (nil, #"{"user":"u"}"#), ("apiKey", #"{"password":"p"}"#), ("apiKey", "plain"),
        ] as [(String?, String)]
    )
    func noMember(member: String?, current: String) {
        let rotation = BuiltInRotation(.randomPassword(member: member), rules)
        let error = #expect(throws: APIError.self) { try newValue(rotation, after: current) }
        #expect(error?.message?.contains("p\"") == false)
    }
}
