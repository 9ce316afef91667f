import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("Every operation in every case")
struct ActionTableTests {
    let vault: ScratchVault
    let foreignAccountARN: String
    let foreignRegionARN: String

    /// Secrets named after the cases that they stand for.
    init() throws {
        vault = try ScratchVault()
        for name in ["ordinary", "gone"] { try vault.create(name, token: version("1")) }
        try vault.create("empty", value: nil)
        try vault.call(.deleteSecret, ["SecretId": "gone"])
        try vault.createOwnedByRDS("owned")
        try vault.create(
            "replica",
            ["AddReplicaRegions": [["Region": "us-east-1"]]],
            by: .root(region: "eu-west-1")
        )
        foreignAccountARN = try vault.create(
            "foreign",
            token: version("1"),
            by: .root(account: "111122223333")
        )
        foreignRegionARN = try vault.create(
            "foreign",
            token: version("1"),
            by: .root(region: "eu-west-1")
        )
    }

    @Test("ends as the table says", arguments: SecretsManagerAction.allCases, ActionCase.allCases)
    func outcome(action: SecretsManagerAction, actionCase: ActionCase) throws {
        let row = row(of: action)
        let outcome = outcome(of: action, try request(row, actionCase))
        #expect(outcome == row.expected(in: actionCase))
    }

    /// Those between accounts need two secrets, and are tested by themselves.
    @Test(
        "about an ordinary secret gives the members of its answer",
        arguments: SecretsManagerAction.allCases.filter { !betweenAccounts.contains($0) }
    )
    func answer(action: SecretsManagerAction) throws {
        let row = row(of: action)
        // CreateSecret alone wants a name that is free, and one operation a replica.
        let secretID =
            switch action {
            case .createSecret: "new"
            case .stopReplicationToReplica: "replica"
            default: "ordinary"
            }
        #expect(try vault.callRaw(action, row.request(secretID)).names == row.answer)
    }

    private func request(_ row: ActionRow, _ actionCase: ActionCase) throws -> JSONValue {
        switch actionCase {
        case .unknownSecret: return row.request("unknown")
        case .badName: return row.request("bad name")
        case .partialARN:
            return row.request("arn:aws:secretsmanager:us-east-1:000000000000:secret:ordinary")
        case .foreignRegion: return row.request(foreignRegionARN)
        case .foreignAccount: return row.request(foreignAccountARN)
        case .scheduled: return row.request("gone")
        case .serviceOwned: return row.request("owned")
        case .empty: return row.request("empty")
        case .replica: return row.request("replica")
        case .missingMember: return [:]
        case .nullMember:
            let names = row.request("ordinary").names ?? []
            return .object(
                JSONObject(names.filter { $0 != "ClientRequestToken" }.map { ($0, nil) })
            )
        case .wrongType: return row.mistyped
        case .unknownMember:
            var members = row.request("ordinary")
            if members["Name"] != nil { members.set("Name", "new") }
            members.set("Nonsense", ["Deep": [1, nil, true]])
            return members
        }
    }

    private func outcome(of action: SecretsManagerAction, _ members: JSONValue) -> Expected {
        do throws(APIError) {
            let answer = try vault.callRaw(action, members)
            guard let error = answer["Errors"][0] else { return .success }
            return .told(Refusal(error["ErrorCode"]?.string ?? "", error["Message"]?.string))
        } catch {
            return .refused(Refusal(error))
        }
    }
}
