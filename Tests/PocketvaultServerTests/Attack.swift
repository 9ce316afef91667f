import AWS
import HTTPServer
import Notation
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
    let request: @Sendable (AttackedVault, SecretsManagerAction) throws -> HTTPRequest

    init(
        _ name: String,
        _ code: String,
        _ text: String? = nil,
        _ request: @escaping @Sendable (AttackedVault, SecretsManagerAction) throws -> HTTPRequest
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
        let all = [PolicyDraft.statement("Allow", "*")]
        try scratch.call(.createSecret, ["Name": "ordinary", "SecretString": "secret value"])

        admin = try scratch.signer(of: scratch.user("admin", policies: all), 1)
        nobody = try scratch.signer(of: scratch.user("nobody"), 2)
        stranger = try scratch.signer(
            of: scratch.user("stranger", account: "111122223333", policies: all),
            3
        )
        inactive = try scratch.signer(of: scratch.user("idle", policies: all), 4, isActive: false)
        let gone = try scratch.user("gone", policies: all)
        deleted = try scratch.signer(of: gone, 5)
        session = try scratch.signer(ofSession: scratch.session("task", policies: all), 1)
        otherSession = try scratch.signer(ofSession: scratch.session("other", policies: all), 2)
        let goneRole = try scratch.session("gone-role", policies: all)
        orphan = try scratch.signer(ofSession: goneRole, 3)
        try scratch.write { vault throws(APIError) in
            for caller in [gone, goneRole] {
                if let holder = try vault.principal(id: caller.principal.holderID ?? 0) {
                    try vault.delete(holder)
                }
            }
        }
    }

    /// The call as the admin signs it.
    func good(_ action: SecretsManagerAction) throws -> HTTPRequest {
        try admin.call(action, Self.body)
    }

    /// The call without a signature.
    func unsigned(_ action: SecretsManagerAction) -> HTTPRequest {
        RequestSigner.unsigned(action, Self.body)
    }

    /// The call with a signer that is changed.
    func call(_ action: SecretsManagerAction, _ change: (inout RequestSigner) -> Void) throws
        -> HTTPRequest
    {
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
