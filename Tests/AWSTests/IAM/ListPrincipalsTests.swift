import AWS
import JSON
import TestSupport
import Testing

@Suite struct ListPrincipalsTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        for holder in Holder.allCases {
            for name in ["b", "D", "a", "C", "e"] {
                try vault.create(holder, name, ["Path": name == "D" ? "/team/x/" : "/"])
            }
        }
    }

    private func action(_ holder: Holder) -> IAMAction {
        holder.action(user: .listUsers, role: .listRoles)
    }

    private func names(of holder: Holder, _ members: JSONValue = [:]) throws -> [String] {
        try vault.iam(action(holder), members)["\(holder.rawValue)s"]?
            .texts(holder.nameMember) ?? []
    }

    @Test(arguments: Holder.allCases)
    func `They come by their names without regard to case`(holder: Holder) throws {
        #expect(try names(of: holder) == ["a", "b", "C", "D", "e"])
    }

    @Test(arguments: Holder.allCases)
    func `A list leaves out what takes a look-up each`(holder: Holder) throws {
        try vault.create(holder, "tagged", ["Tags": [["Key": "a", "Value": "1"]]])
        try vault.bound(holder, "tagged", by: "arn:aws:iam::aws:policy/ReadOnlyAccess")
        let list = try vault.iam(action(holder))["\(holder.rawValue)s"]
        let shown = try #require(
            list?.elements?.first { $0[holder.nameMember] == "tagged" }
        )
        var expected = [
            "Path", holder.nameMember, "\(holder.rawValue)Id", "Arn", "CreateDate",
        ]
        if holder == .role { expected += ["AssumeRolePolicyDocument", "MaxSessionDuration"] }
        #expect(shown.names == expected)
    }

    @Test func `Roles are listed with their descriptions`() throws {
        try vault.create(.role, "f", ["Description": "d"])
        let role = try vault.iam(.listRoles)["Roles"]?.elements?.last
        #expect(role?["Description"] == "d")
    }

    @Test(arguments: Holder.allCases)
    func `A prefix is one of the path`(holder: Holder) throws {
        #expect(try names(of: holder, ["PathPrefix": "/team/"]) == ["D"])
        #expect(try names(of: holder, ["PathPrefix": "/te"]) == ["D"])
        #expect(try names(of: holder, ["PathPrefix": "/nowhere/"]) == [])
    }

    @Test(arguments: Holder.allCases)
    func `Those of other accounts are not listed`(holder: Holder) throws {
        let answer = try vault.iam(action(holder), by: stranger)
        #expect(answer.text == #"{"IsTruncated":false,"\#(holder.rawValue)s":[]}"#)
    }

    @Test(arguments: Holder.allCases, [1, 2, 3, 5, 1_000])
    func `Pages of any size hold each name once`(holder: Holder, size: Int) throws {
        let pages = try vault.pages(
            action(holder),
            ["MaxItems": "\(size)"],
            "\(holder.rawValue)s"
        )
        let names = pages.flatMap(\.self).compactMap { $0[holder.nameMember]?.string }
        #expect(names == ["a", "b", "C", "D", "e"])
        #expect(pages.dropLast().allSatisfy { $0.count == size })
    }

    @Test(arguments: Holder.allCases)
    func `Who goes between two pages is not missed, and who comes is found`(
        holder: Holder
    ) throws {
        let page = try vault.iam(action(holder), ["MaxItems": "2"])
        let marker = try #require(page["Marker"])
        try vault.iam(holder.action(user: .deleteUser, role: .deleteRole), holder.named("b"))
        try vault.create(holder, "bb")
        #expect(try names(of: holder, ["Marker": marker]) == ["bb", "C", "D", "e"])
    }

    @Test(arguments: Holder.allCases)
    func `A hundred come unless told`(holder: Holder) throws {
        for number in 0..<100 { try vault.create(holder, "n\(number)") }
        let page = try vault.iam(action(holder))
        #expect(page["\(holder.rawValue)s"]?.elements?.count == 100)
        #expect(page["IsTruncated"] == true)
    }

    @Test(arguments: Holder.allCases)
    func `A marker of another query is refused`(holder: Holder) throws {
        let marker = try #require(try vault.iam(action(holder), ["MaxItems": "1"])["Marker"])
        let other = action(holder == .user ? .role : .user)
        try vault.expect(other, ["Marker": marker], isRefusedWith: .invalidMarker)
        let refused: [JSONValue] = [
            ["Marker": marker, "PathPrefix": "/team/"], ["Marker": "none"],
        ]
        for members in refused {
            try vault.expect(action(holder), members, isRefusedWith: .invalidMarker)
        }
    }

    @Test(arguments: Holder.allCases, refusedPages)
    func `A page has from 1 to 1,000 names`(holder: Holder, row: Refused) throws {
        try vault.expect(action(holder), row.members, isRefusedWith: row.expected.inQuery)
    }
}
