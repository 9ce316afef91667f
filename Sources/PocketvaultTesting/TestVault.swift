internal import Client
internal import JSON
internal import Logging
internal import PocketvaultServer

/// A vault in this process, in memory, on a free port of 127.0.0.1.
///
/// Applications under test speak to it as they speak to AWS, through `endpoint`. Several can run at
/// once; most suites share one, and give each test an account of its own.
public final class TestVault: Sendable {
    /// Where it is: `http://127.0.0.1:PORT`.
    public let endpoint: String
    private let server: Server
    private let client: VaultClient

    /// Starts a vault.
    ///
    /// - Parameters:
    ///   - seeds: files and directories of seed documents, which fill account 000000000000 unless they
    ///     name another.
    ///   - region: of callers whose credentials name none.
    /// - Throws: `PocketvaultError`, with the file, line and member of a seed that is wrong.
    public init(seeds: [String] = [], region: String = "us-east-1") throws(PocketvaultError) {
        var configuration = Configuration()
        configuration.port = 0
        configuration.database = ":memory:"
        configuration.seeds = seeds
        configuration.region = region
        configuration.logLevel = .warning
        do throws(StartError) {
            server = try Server.start(configuration) { TestVault.complain($0) }
        } catch {
            throw PocketvaultError(error)
        }
        endpoint = server.endpoint
        guard let address = Endpoint(endpoint) else {
            throw PocketvaultError("\(server.endpoint) is no address")
        }
        let machine = Machine()
        client = VaultClient(
            over: SocketTransport(to: address),
            as: Identity(credentials: Identity.testCredentials, region: region),
            now: machine.now,
            newToken: machine.newUUID
        )
    }

    deinit {
        server.stop()
    }

    /// Makes an account that no test has had.
    ///
    /// - Parameter template: the account that it is a copy of: secrets with their versions, keys and
    ///   principals; nil for an empty one.
    /// - Returns: the account, with a key to it.
    /// - Throws: `PocketvaultError` when the template is no account of twelve digits.
    public func account(from template: String? = nil) throws(PocketvaultError) -> VaultAccount {
        let members = template.map { [(name: "template", value: JSONValue.string($0))] } ?? []
        let made = try control("POST", "/_pocketvault/accounts", .object(JSONObject(members)))
        guard let account = made.text("account"), let keyID = made.text("accessKeyId"),
            let secret = made.text("secretAccessKey")
        else { throw PocketvaultError("the vault's answer makes no sense") }
        return VaultAccount(
            endpoint: endpoint,
            account: account,
            accessKeyID: keyID,
            secretAccessKey: secret,
            region: client.identity.region
        )
    }

    /// Drops an account that `account(from:)` made, with all that is in it.
    ///
    /// - Throws: `PocketvaultError` when there is none, or when it was not made so.
    public func drop(_ account: VaultAccount) throws(PocketvaultError) {
        _ = try control("DELETE", "/_pocketvault/accounts/\(account.account)", nil)
    }

    /// Moves the vault's clock ahead; what falls due on the way has happened when it returns.
    ///
    /// The clock is the vault's: every account of it sees it move.
    ///
    /// - Parameter span: as ISO 8601 writes it, `P31D` or `PT1H`.
    /// - Throws: `PocketvaultError` when it is no span.
    public func advanceClock(by span: String) throws(PocketvaultError) {
        let order = JSONObject([(name: "advance", value: .string(span))])
        _ = try control("POST", "/_pocketvault/clock", .object(order))
    }

    private func control(
        _ method: String,
        _ path: String,
        _ body: JSONValue?
    ) throws(PocketvaultError) -> JSONObject {
        do throws(ClientError) {
            return try client.control.object(method, path, body: body).members
        } catch {
            throw PocketvaultError(error)
        }
    }
}
