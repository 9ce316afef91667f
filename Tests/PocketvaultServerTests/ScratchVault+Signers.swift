import AWS
import Notation
import TestSupport

@testable import PocketvaultServer

extension ScratchVault {
    /// Gives a user an access key, and signs with it.
    func signer(
        of caller: Caller,
        _ number: Int,
        isActive: Bool = true
    ) throws -> RequestSigner {
        guard let user = caller.principal.holderID else { throw VaultFailure("no user") }
        let key = AccessKey(
            id: "AKIAIOSFODNN7EXAMPL\(number)",
            account: caller.scope.account,
            principalID: user,
            isActive: isActive,
            createdAt: clock.now
        )
        let secret = "secret-access-key-\(number)"
        try write { vault throws(APIError) in
            try vault.insert(key, secretAccessKey: secret)
        }
        return RequestSigner(accessKeyID: key.id, secretAccessKey: secret, time: clock.now)
    }

    /// Gives a session of a role temporary credentials, and signs with them.
    func signer(ofSession caller: Caller, _ number: Int) throws -> RequestSigner {
        guard let role = caller.principal.holderID else { throw VaultFailure("no role") }
        let session = Session(
            accessKeyID: "ASIAIOSFODNN7EXAMPL\(number)",
            secretAccessKey: "session-secret-\(number)",
            account: caller.scope.account,
            startedAt: clock.now,
            expiresAt: clock.now.adding(seconds: 3_600),
            holder: .role(role, Session.Terms(name: "task"))
        )
        let token = try write { vault throws(APIError) in
            try SessionToken(of: session, in: vault).text
        }
        return RequestSigner(
            accessKeyID: session.accessKeyID,
            secretAccessKey: session.secretAccessKey,
            sessionToken: token,
            time: clock.now
        )
    }
}
