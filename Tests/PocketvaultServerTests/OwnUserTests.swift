import AWS
import HTTPServer
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("A user who names nobody")
struct OwnUserTests {
    private static let form = (
        name: "Content-Type", value: "application/x-www-form-urlencoded; charset=utf-8"
    )

    @Test(
        "needs permission for itself and for nobody else",
        arguments: [
            "GetUser", "ListAccessKeys", "CreateAccessKey", "ListMFADevices",
        ]
    )
    func own(action: String) throws {
        let server = try ScratchServer(policies: .enforce)
        func status(_ name: String, _ number: Int, on resource: String) throws -> Int {
            let allow = PolicyDraft.statement("Allow", "iam:\(action)", on: resource)
            let user = try server.scratch.user(name, policies: [allow])
            let key = try server.scratch.signer(of: user, number).accessKeyID
            let headers = [Self.form, ("Authorization", signed(key: key, service: "iam"))]
            return server.send(.post("Action=\(action)&Version=2010-05-08", headers)).status
        }
        let users = "arn:aws:iam::000000000000:user"
        #expect(try status("itself", 1, on: "\(users)/itself") == 200)
        #expect(try status("another", 2, on: "\(users)/itself") == 403)
    }
}
