import AWS
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("Attacks on a server that verifies signatures and enforces policies")
struct AttackTests {
    private let vault: AttackedVault

    init() throws {
        vault = try AttackedVault()
    }

    @Test("nobody gets in, by any operation, and nothing changes", arguments: Attack.all)
    func refused(_ attack: Attack) throws {
        let root = vault.server.scratch
        let before = try root.call(.describeSecret, ["SecretId": "ordinary"], by: admin())
        for action in SecretsManagerAction.allCases {
            let response = vault.server.send(try attack.request(vault, action))
            let name = "\(action.rawValue): \(response.text)"
            #expect(response.status == 400, "\(name)")
            #expect(response.json["__type"]?.string == attack.code, "\(name)")
            let message = response.json["message"]?.string ?? response.json["Message"]?.string
            if let text = attack.text { #expect(message?.contains(text) == true, "\(name)") }
            #expect(!response.text.contains("secret value"))
        }
        let after = try root.call(.describeSecret, ["SecretId": "ordinary"], by: admin())
        #expect(before == after)
        #expect(!vault.server.logText.contains(vault.admin.secretAccessKey))
    }

    @Test("there are at least forty of them, each with a name of its own")
    func count() {
        #expect(Attack.all.count >= 40)
        #expect(Set(Attack.all.map(\.name)).count == Attack.all.count)
    }

    @Test("the same call, well signed, is let in", arguments: SecretsManagerAction.allCases)
    func accepted(action: SecretsManagerAction) throws {
        let codes: Set<String?> = [
            "MissingAuthenticationTokenException", "IncompleteSignatureException",
            "InvalidSignatureException", "UnrecognizedClientException", "ExpiredTokenException",
            "AccessDeniedException",
        ]
        for request in [
            try vault.good(action),
            try vault.session.call(action, AttackedVault.body),
            try vault.admin.presign(vault.unsigned(action)),
            try vault.session.presign(vault.unsigned(action)),
        ] {
            let response = vault.server.send(request)
            #expect(!codes.contains(response.json["__type"]?.string), "\(response.text)")
        }
    }

    @Test(
        "a session ends by the vault's clock, and is told so",
        arguments: SecretsManagerAction.allCases
    )
    func expired(action: SecretsManagerAction) throws {
        vault.server.scratch.clock.advance(milliseconds: 3_600_000)
        var signer = vault.session
        signer.time = vault.server.scratch.clock.now
        let response = vault.server.send(try signer.call(action, AttackedVault.body))
        #expect(response.json["__type"]?.string == "ExpiredTokenException")
        #expect(
            response.json["message"]?.string
                == "The security token included in the request is expired"
        )
    }

    @Test("a key that has signed opens nothing once it is inactive, has another secret, or is gone")
    func changedKey() throws {
        func code() throws -> String? {
            let response = vault.server.send(try vault.good(.getSecretValue))
            return response.status == 200 ? nil : response.json["__type"]?.string
        }
        func change(
            _ body: @escaping @Sendable (inout AccessKey, any VaultWriting) throws(APIError) -> Void
        ) throws {
            let id = vault.admin.accessKeyID
            try vault.server.scratch.write { vault throws(APIError) in
                guard var key = try vault.credential(accessKeyID: id)?.key else { return }
                try body(&key, vault)
            }
        }
        #expect(try code() == nil)
        try change { key, vault throws(APIError) in
            key.isActive = false
            try vault.update(key)
        }
        #expect(try code() == "UnrecognizedClientException")
        try change { key, vault throws(APIError) in
            key.isActive = true
            try vault.update(key)
        }
        #expect(try code() == nil)
        try change { key, vault throws(APIError) in
            try vault.delete(key)
            try vault.insert(key, secretAccessKey: "another-secret")
        }
        #expect(try code() == "InvalidSignatureException")
        try change { key, vault throws(APIError) in try vault.delete(key) }
        #expect(try code() == "UnrecognizedClientException")
    }

    @Test(
        "another account's user reaches no secret of ours",
        arguments: SecretsManagerAction.allCases
    )
    func stranger(action: SecretsManagerAction) throws {
        let arn = try vault.server.scratch.call(
            .describeSecret,
            ["SecretId": "ordinary"],
            by: admin()
        )["ARN"]?.string
        let body = #"{"SecretId":"\#(arn ?? "")","SecretIdList":["\#(arn ?? "")"],"Name":"mine"}"#
        let response = vault.server.send(try vault.stranger.call(action, body))
        #expect(!response.text.contains("secret value"))
        switch action {
        // These name no secret, and are the stranger's own affair.
        case .createSecret, .getRandomPassword, .listSecrets: break
        case .validateResourcePolicy, .batchGetSecretValue:
            #expect(response.text.contains("AccessDeniedException"), "\(response.text)")
        default:
            #expect(response.json["__type"]?.string == "AccessDeniedException")
        }
    }

    private func admin() throws -> Caller { .root() }
}
