internal import AWS
internal import HTTPServer
internal import JSON
internal import Notation

/// A vault for each test: `POST /_pocketvault/accounts` makes an account, empty or a copy of another
/// one, and `DELETE /_pocketvault/accounts/ACCOUNT` drops it.
///
/// Where signatures are verified only the root of the server's own account makes an empty one, and only
/// the root of an account a copy of it: whoever has the copy reads all its values.
struct AccountControl: Sendable {
    static let path = "/_pocketvault/accounts"

    let vault: any Vault
    let clock: VaultClock
    let madeAccounts: MadeAccounts
    let access: ControlAccess
    let serverAccount: String
    let randomness: Randomness

    @Sendable func make(_ request: HTTPRequest, _ reply: @escaping Reply) {
        let new: NewAccount
        do throws(ControlOrder.Refusal) {
            let template = try ControlOrder.account("template", in: request)
            if let template {
                _ = try access.account(of: request, named: template)
            } else {
                try access.requireOwner(request)
            }
            new = NewAccount(copying: template, besides: serverAccount, at: clock.now(), randomness)
        } catch {
            return reply(error.answer)
        }
        vault.writeAlone { vault throws(APIError) in
            try vault.makeAccount(new)
        } then: { result in
            switch result {
            case .success(let made):
                madeAccounts.begin(made.account)
                reply(AccountControl.answer(made))
            case .failure(let error):
                reply(ControlAnswer.storeFailed(cause: error.cause ?? error.message))
            }
        }
    }

    @Sendable func drop(_ request: HTTPRequest, _ reply: @escaping Reply) {
        let account = String(request.path.dropFirst(AccountControl.path.utf8.count + 1))
        do throws(ControlOrder.Refusal) {
            guard AccountID.isValid(account) else {
                throw ControlOrder.Refusal("An account is a string of twelve digits.")
            }
            try access.requireOwner(request, orRootOf: account)
        } catch {
            return reply(error.answer)
        }
        vault.writeAlone { vault throws(APIError) in
            try vault.dropAccount(account)
        } then: { result in
            switch result {
            case .success(true):
                madeAccounts.forget(account)
                reply(ControlAnswer.done("DropAccount"))
            case .success(false):
                reply(
                    ControlAnswer.error(
                        409,
                        "AccountNotMade",
                        "The account \(account) was not made by POST \(AccountControl.path), or is"
                            + " dropped already; to empty it, POST /_pocketvault/reset"
                            + " {\"account\":\"\(account)\"}."
                    )
                )
            case .failure(let error):
                reply(ControlAnswer.storeFailed(cause: error.cause ?? error.message))
            }
        }
    }

    private static func answer(_ made: MadeAccount) -> Answer {
        Answer(
            ControlAnswer.json(200) { writer in
                writer.member("account", made.account)
                writer.member("accessKeyId", made.account)
                writer.member("secretAccessKey", made.secretAccessKey)
            },
            operation: "MakeAccount"
        )
    }
}

extension AccountControl {
    init(of vault: OpenVault, _ access: ControlAccess) {
        self.init(
            vault: vault.vault,
            clock: vault.clock,
            madeAccounts: vault.madeAccounts,
            access: access,
            serverAccount: vault.configuration.account,
            randomness: vault.machine.randomness
        )
    }
}
