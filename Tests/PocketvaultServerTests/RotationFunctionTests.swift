import AWS
import JSON
import Notation
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("Where rotation functions are")
struct RotationFunctionTests {
    private static let arn = "arn:aws:lambda:us-east-1:000000000000:function:shop-rotate"

    private static let names =
        "builtin:random-password, builtin:postgresql-single-user and"
        + " builtin:postgresql-alternating-users"

    @Test(
        "a star stands for any characters, everything else for itself",
        arguments: [
            (arn, true), ("*", true), ("arn:*", true), ("*:shop-rotate", true),
            ("arn:aws:lambda:*:*:function:*", true), ("*lambda*shop*", true), ("**", true),
            ("\(arn)*", true), ("", false), ("arn", false), ("shop-rotate", false),
            ("*shop", false), ("arn:aws:lambda:us-east-1:000000000000:function:shop", false),
            ("*shop*shop*", false), ("\(arn):*", false), ("\(arn)?", false), ("ARN:*", false),
            ("*rotate*rotate", false),
        ]
    )
    func patterns(pattern: String, fits: Bool) {
        let function = RotationFunction(pattern: pattern, target: .command("x"))
        #expect(function.stands(for: Self.arn) == fits)
    }

    @Test("the first function whose pattern fits is the one")
    func order() throws {
        let list = RotationFunctionList(
            functions: try ["*:shop-*=/bin/true", "*=http://localhost:9000/x"].map(
                RotationFunction.init(parsing:)
            )
        )
        #expect(list.target(of: Self.arn) == .command("/bin/true"))
        #expect(list.target(of: "arn:other") == .url("http://localhost:9000/x"))
        #expect(RotationFunctionList(functions: []).target(of: Self.arn) == nil)
    }

    @Test("what stands after the first equals sign is the target")
    func equalsSigns() throws {
        let function = try RotationFunction(parsing: "*=http://localhost/?a=b")
        #expect(function.pattern == "*")
        #expect(function.target == .url("http://localhost/?a=b"))
    }

    @Test(
        "{function} in a URL stands for the function's name",
        arguments: [
            (arn, "shop-rotate"), ("\(arn):$LATEST", "shop-rotate"), ("\(arn):12", "shop-rotate"),
            ("arn:aws:iam::000000000000:role/team/rotate", "rotate"), ("plain", "plain"),
            // An ARN comes from a request; it must not lead to another place.
            ("arn:aws:lambda:r:a:function:a/../b?c=d#e@f", "a%2F%2E%2E%2Fb%3Fc%3Dd%23e%40f"),
            ("arn:aws:lambda:r:a:function:é\n", "%C3%A9%0A"), ("", ""),
        ]
    )
    func functionName(arn: String, name: String) {
        #expect(
            RotationTarget.url("http://h/2015-03-31/functions/{function}/invocations", of: arn)
                == "http://h/2015-03-31/functions/\(name)/invocations"
        )
    }

    @Test("a built-in rotation takes the members of GetRandomPassword")
    func builtIn() throws {
        let function = try RotationFunction(
            parsing: "*=builtin:random-password?member=password&PasswordLength=40"
                + "&ExcludeCharacters=%22%26%3D&ExcludeNumbers=true"
        )
        guard case .builtIn(let rotation) = function.target else {
            Issue.record("not built in")
            return
        }
        #expect(rotation.kind == .randomPassword(member: "password"))
        var generator = SplitMix64(seed: 1)
        let password = try rotation.password.newPassword(using: &generator)
        #expect(password.count == 40)
        #expect(!password.contains { "\"&=0123456789".contains($0) })
    }

    @Test(
        "the rotations of PostgreSQL leave out what AWS's functions do, unless they are told",
        arguments: [
            ("postgresql-single-user", PostgreSQLUsers.single, #"/@"'\"#),
            ("postgresql-alternating-users", .alternating, #"/@"'\"#),
            ("postgresql-single-user?ExcludeCharacters=%21", .single, "!"),
        ]
    )
    func postgreSQL(text: String, users: PostgreSQLUsers, excluded: String) throws {
        let rotation = try BuiltInRotation(parsing: text)
        #expect(rotation.kind == .postgreSQL(users))
        var generator = SplitMix64(seed: 1)
        var seen = Set<Character>()
        for _ in 0..<200 {
            seen.formUnion(try rotation.password.newPassword(using: &generator))
        }
        #expect(seen == Set((33...126).map { Character(UnicodeScalar($0)) }).subtracting(excluded))
    }

    @Test(
        "what makes no sense is refused in one line that says what to write",
        arguments: [
            ("", "is not written as ARN=TARGET"),
            ("arn:aws", "is not written as ARN=TARGET"),
            ("=http://localhost", "is not written as ARN=TARGET"),
            ("*=", ": there is no target"),
            ("*=builtin:", ": there is no builtin:, but \(names)"),
            ("*=builtin:magic", ": there is no builtin:magic, but \(names)"),
            (
                "*=builtin:random-password?PasswordLength=0",
                ": PasswordLength must be a number from 1 to 4096"
            ),
            (
                "*=builtin:random-password?ExcludeNumbers=yes",
                ": ExcludeNumbers must be true or false"
            ),
            (
                "*=builtin:random-password?length=4",
                ": there is no length in GetRandomPassword"
            ),
            (
                "*=builtin:postgresql-single-user?member=password",
                ": there is no member in GetRandomPassword"
            ),
            (
                "*=builtin:random-password?PasswordLength=2",
                ": Password length is too short based on the required types."
            ),
        ]
    )
    func refused(text: String, message: String) {
        let error = #expect(throws: StartError.self) { try RotationFunction(parsing: text) }
        #expect(error?.description.hasSuffix(message) == true)
        #expect(error?.description.contains("\n") == false)
    }
}
