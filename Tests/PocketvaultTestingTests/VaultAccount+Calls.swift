import Client
import JSON
import PocketvaultServer
import PocketvaultTesting
import SignatureV4
import TestSupport

/// What an application under test would do with an SDK.
extension VaultAccount {
    @discardableResult
    func call(_ operation: String, _ members: JSONValue = [:]) throws -> JSONObject {
        guard case .object(let object) = members else { return JSONObject([]) }
        return try client.call(operation, object)
    }

    func secrets() throws -> [JSONObject] {
        try client.all("ListSecrets", list: "SecretList")
    }

    private var client: VaultClient {
        get throws {
            guard let address = Endpoint(endpoint) else {
                throw ClientError.failed(address: endpoint, reason: "it is no address")
            }
            let machine = Machine()
            let credentials = SigningCredentials(keyID: accessKeyID, secret: secretAccessKey)
            return VaultClient(
                over: SocketTransport(to: address),
                as: Identity(credentials: credentials, region: region),
                now: machine.now,
                newToken: machine.newUUID
            )
        }
    }
}
