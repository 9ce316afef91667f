import AccessControl
import Notation
import Testing

@testable import AWS

@Suite("The names that policies have for a caller")
struct CallerNamesTests {
    private static let account = Principal.account("000000000000")

    private func names(
        _ kind: CallerPrincipal.Kind,
        arn: String = "a",
        holderARN: String = "h",
        uniqueID: String? = nil
    ) -> [Principal] {
        Caller(
            scope: Scope(account: "000000000000", region: "eu-west-1"),
            principal: CallerPrincipal(
                kind,
                arn: arn,
                holderARN: holderARN,
                holderUniqueID: uniqueID
            ),
            accessKeyID: nil,
            requestID: "id",
            sourceAddress: "127.0.0.1",
            userAgent: nil
        ).principals
    }

    @Test func `The most particular comes first, the account last`() {
        #expect(names(.root) == [Self.account])
        #expect(names(.user, uniqueID: "AIDA") == [.user("a"), .uniqueID("AIDA"), Self.account])
        #expect(
            names(.roleSession, uniqueID: "AROA")
                == [.roleSession("a"), .role("h"), .uniqueID("AROA"), Self.account]
        )
    }

    @Test func `A federated user is its user too, where it has one`() {
        #expect(
            names(.federatedUser, uniqueID: "AIDA")
                == [.federatedUser("a"), .user("h"), .uniqueID("AIDA"), Self.account]
        )
        #expect(names(.federatedUser) == [.federatedUser("a"), Self.account])
    }

    @Test func `A service and whoever has a token of a provider have one name`() {
        #expect(names(.service) == [.service("a")])
        #expect(names(.webIdentity, uniqueID: "provider:audience:subject") == [.federated("a")])
    }
}
