import AWS
import HTTPServer
import TestSupport
import Testing

@testable import PocketvaultServer

/// One way to try to get in, and the answer that it must have.
struct Attack: Sendable, CustomTestStringConvertible {
    let name: String
    /// The code of the error.
    let code: String
    /// What its text must hold.
    let text: String?
    let request: @Sendable (AttackedVault, Action) throws -> HTTPRequest

    init(
        _ name: String,
        _ code: String,
        _ text: String? = nil,
        _ request: @escaping @Sendable (AttackedVault, Action) throws -> HTTPRequest
    ) {
        self.name = name
        self.code = code
        self.text = text
        self.request = request
    }

    var testDescription: String { name }
}

/// A vault where signatures are verified and policies enforced, and whose keys there are.
struct AttackedVault: Sendable {
    let server: ScratchServer
    /// Of a user who may do everything.
    let admin: RequestSigner
    /// Of a user without policies.
    let nobody: RequestSigner
    /// Of a user of another account who may do everything there.
    let stranger: RequestSigner
    /// Of a key that was made inactive.
    let inactive: RequestSigner
    /// Of a user who was deleted.
    let deleted: RequestSigner
    /// Of a session of a role that may do everything.
    let session: RequestSigner
    /// Of another session.
    let otherSession: RequestSigner
    /// Of a session of a role that was deleted.
    let orphan: RequestSigner

    static let body = #"{"SecretId":"ordinary","Name":"fresh","SecretString":"x"}"#

    init() throws {
        let server = try ScratchServer(signatures: .verify, policies: .enforce)
        self.server = server
        let scratch = server.scratch
        let time = scratch.clock.now
        let all = [PolicyDraft.statement("Allow", "*")]
        try scratch.call(.createSecret, ["Name": "ordinary", "SecretString": "secret value"])

        func signer(_ caller: Caller, _ number: Int, isActive: Bool = true) throws -> RequestSigner
        {
            guard case .user(let user, _) = caller.identity else { throw VaultFailure("no user") }
            let key = AccessKey(
                id: "AKIAIOSFODNN7EXAMPL\(number)",
                account: user.account,
                principalID: user.id,
                isActive: isActive,
                createdAt: time
            )
            let secret = "secret-access-key-\(number)"
            try scratch.write { vault throws(APIError) in
                try vault.insert(key, secretAccessKey: secret)
            }
            return RequestSigner(accessKeyID: key.id, secretAccessKey: secret, time: time)
        }
        func session(_ caller: Caller, _ number: Int) throws -> RequestSigner {
            guard case .roleSession(let role) = caller.identity else {
                throw VaultFailure("no role")
            }
            let session = Session(
                accessKeyID: "ASIAIOSFODNN7EXAMPL\(number)",
                secretAccessKey: "session-secret-\(number)",
                account: role.role.account,
                startedAt: time,
                expiresAt: Timestamp(milliseconds: time.milliseconds + 3_600_000),
                holder: .role(role.role.id, Session.Terms(name: "task"))
            )
            let token = try scratch.write { vault throws(APIError) in
                try vault.token(of: session)
            }
            return RequestSigner(
                accessKeyID: session.accessKeyID,
                secretAccessKey: session.secretAccessKey,
                sessionToken: token,
                time: time
            )
        }
        admin = try signer(scratch.user("admin", policies: all), 1)
        nobody = try signer(scratch.user("nobody"), 2)
        stranger = try signer(scratch.user("stranger", account: "111122223333", policies: all), 3)
        inactive = try signer(scratch.user("idle", policies: all), 4, isActive: false)
        let gone = try scratch.user("gone", policies: all)
        deleted = try signer(gone, 5)
        self.session = try session(scratch.session("task", policies: all), 1)
        otherSession = try session(scratch.session("other", policies: all), 2)
        let goneRole = try scratch.session("gone-role", policies: all)
        orphan = try session(goneRole, 3)
        try scratch.write { vault throws(APIError) in
            if case .user(let user, _) = gone.identity { try vault.delete(user) }
            if case .roleSession(let session) = goneRole.identity { try vault.delete(session.role) }
        }
    }

    /// The call as the admin signs it.
    func good(_ action: Action) throws -> HTTPRequest { try admin.call(action, Self.body) }

    /// The call without a signature.
    func unsigned(_ action: Action) -> HTTPRequest {
        RequestSigner.unsigned(action, Self.body)
    }

    /// The call with a signer that is changed.
    func call(_ action: Action, _ change: (inout RequestSigner) -> Void) throws -> HTTPRequest {
        var signer = admin
        change(&signer)
        return try signer.call(action, Self.body)
    }
}

extension Timestamp {
    func adding(seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds + seconds * 1_000)
    }
}
