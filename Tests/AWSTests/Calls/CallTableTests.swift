import AWS
import JSON
import TestSupport
import Testing

/// Every operation of IAM, STS, KMS, CloudTrail and SSM in the cases that they share.
@Suite struct CallTableTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault.furnished()
    }

    @Test func `Every operation has one row`() {
        #expect(CallRow.all.count == ServiceCall.all.count)
        #expect(Set(CallRow.all.map(\.call)) == Set(ServiceCall.all))
    }

    /// The refusal of a request that names what is not there.
    private func unknown(_ row: CallRow, _ name: String) -> Refusal? {
        switch row.subject {
        case .user: Holder.user.unknown(name)
        case .role: Holder.role.unknown(name)
        case .policy: .noPolicy(name)
        case .accessKey: .noAccessKey(name)
        case .key: .noKey(keyARN(name))
        case .alias: .noAlias(name)
        case .nothing: nil
        }
    }

    private func someName(of subject: CallRow.Subject) -> String {
        switch subject {
        case .user, .role, .nothing: "nobody"
        case .policy: "arn:aws:iam::000000000000:policy/nobodys"
        case .accessKey: "AKIANOBODYNOBODYNOBO"
        case .key: KeyRefusalTests.nowhere
        case .alias: "alias/nobody"
        }
    }

    private static let withSubject = CallRow.all.filter { $0.subject != .nothing }

    @Test(arguments: CallRow.all)
    func `A request that fits has an answer of these members`(row: CallRow) throws {
        guard row.always == nil else {
            #expect(vault.refusal(of: row.call, row.members) == row.always)
            return
        }
        #expect(try vault.call(row.call, row.members).names == row.answer)
    }

    @Test(arguments: CallRow.all)
    func `Members that an operation does not know are nothing to it`(row: CallRow) throws {
        var members = row.members
        members.set("Nonsense", ["Deep": ["1", nil]])
        #expect(vault.refusal(of: row.call, members) == row.always)
    }

    @Test(arguments: withSubject)
    func `What is not there is refused by name, and nothing changes`(row: CallRow) throws {
        let before = try vault.wholePicture()
        let name = someName(of: row.subject)
        let refused = vault.refusal(of: row.call, row.members(about: name))
        #expect(refused == unknown(row, name))
        #expect(try vault.wholePicture() == before)
    }

    @Test(arguments: withSubject.filter { $0.call.isOfQueryProtocol })
    func `What another account has is not there`(row: CallRow) throws {
        let before = try vault.wholePicture()
        let name = row.members[row.subjectMember]?.string ?? ""
        // Whose the key is is asked first.
        let isOwnersKey = row.subject == .accessKey && row.members["UserName"] != nil
        #expect(
            vault.refusal(of: row.call, row.members, by: stranger)
                == (isOwnersKey ? Holder.user.unknown("ordinary") : unknown(row, name))
        )
        #expect(try vault.wholePicture() == before)
    }

    @Test(arguments: withSubject.filter { [.user, .role].contains($0.subject) })
    func `Names do not tell capital letters from small ones`(row: CallRow) throws {
        let name = row.members[row.subjectMember]?.string?.uppercased() ?? ""
        let answer = vault.refusal(of: row.call, row.members(about: name))
        #expect(answer == row.always)
    }

    @Test(arguments: CallRow.all)
    func `All required members that are missing are told at once`(row: CallRow) throws {
        let before = try vault.wholePicture()
        let refused = vault.refusal(of: row.call, [:])
        if row.required.isEmpty {
            #expect(refused == row.bare)
            return
        }
        #expect(refused == .missing(all: row.required, of: row.call))
        #expect(try vault.wholePicture() == before)
    }

    @Test(arguments: CallRow.all.filter { !$0.call.isOfQueryProtocol })
    func `A null is a member that is missing`(row: CallRow) {
        let names = row.members.names ?? []
        let members = JSONValue.object(JSONObject(names.map { ($0, nil) }))
        #expect(
            vault.refusal(of: row.call, members)
                == (row.required.isEmpty ? row.bare : .missing(all: row.required, of: row.call))
        )
    }

    @Test(arguments: withSubject)
    func `A name that none can have breaks the model`(row: CallRow) throws {
        guard let (name, broken) = row.impossibleName else { return }
        let before = try vault.wholePicture()
        let refused = vault.refusal(of: row.call, row.members(about: name))
        #expect(refused == (row.call.isOfQueryProtocol ? broken.inQuery : broken))
        #expect(try vault.wholePicture() == before)
    }
}

extension CallRow {
    /// A name that breaks the model, and how.
    fileprivate var impossibleName: (String, Refusal)? {
        let pattern = "satisfy regular expression pattern: "
        return switch subject {
        case .user: ("a b", .constraint("'a b'", "userName", pattern + "[\\w+=,.@-]+"))
        case .role: ("a b", .constraint("'a b'", "roleName", pattern + "[\\w+=,.@-]+"))
        case .policy: ("short", .constraint("'short'", "policyArn", atLeast(20)))
        case .accessKey: ("AKIA", .constraint("'AKIA'", "accessKeyId", atLeast(16)))
        case .key where members["TargetKeyId"] != nil:
            ("", .constraint("''", "targetKeyId", atLeast(1)))
        case .key: ("", .constraint("''", "keyId", atLeast(1)))
        case .alias:
            ("a b", .constraint("'a b'", "aliasName", pattern + "^[a-zA-Z0-9:/_-]+$"))
        case .nothing: nil
        }
    }
}

extension Refusal {
    /// Required members that are not there, in the words of the service.
    fileprivate static func missing(all members: [String], of call: ServiceCall) -> Refusal {
        let list = members.map {
            "Value null at '\($0)' failed to satisfy constraint: Member must not be null"
        }
        let refusal = constraints(all: list)
        return call.isOfQueryProtocol ? refusal.inQuery : refusal
    }

    private static func constraints(all violations: [String]) -> Refusal {
        let noun = violations.count == 1 ? "error" : "errors"
        return Refusal(
            "ValidationException",
            "\(violations.count) validation \(noun) detected: \(violations.joined(separator: "; "))"
        )
    }
}
