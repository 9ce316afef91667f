internal import Client
internal import Invocation
internal import JSON
internal import PocketvaultServer
internal import SignatureV4

/// The credentials of roles, as a server gives them to programs.
struct RoleCredentials {
    private static let path = "/_pocketvault/credentials"

    private let client: VaultClient

    /// - Parameter client: who asks, and where.
    init(_ client: VaultClient) {
        self.client = client
    }

    /// What the server does about calls that no policy allows, as `--iam` names it.
    func policyMode() throws(ClientError) -> String {
        try client.control.object("GET", "/_pocketvault/health").members.text("iam")
            ?? PolicyMode.off.rawValue
    }

    /// Where the credentials of a role are, and what to ask for them with.
    ///
    /// - Parameters:
    ///   - role: its name or ARN.
    ///   - account: of a role that is named; nil for the server's own.
    /// - Returns: an address, and the token that is to be sent there.
    /// - Throws: as every call.
    func place(
        ofRole role: String,
        account: String? = nil
    ) throws(ClientError) -> (uri: String, token: String) {
        var order = [(name: "role", value: JSONValue.string(role))]
        if let account { order.append((name: "account", value: .string(account))) }
        let answer = try client.control.object(
            "POST",
            RoleCredentials.path,
            body: .object(JSONObject(order))
        ).members
        guard let uri = answer.text("uri"), let token = answer.text("token") else {
            throw .failed(address: client.transport.authority, reason: "its answer makes no sense")
        }
        return (uri, token)
    }

    /// A role as a caller, for an hour.
    func identity(ofRole role: String) throws(ClientError) -> Identity {
        let (uri, token) = try place(ofRole: role)
        guard let start = uri.firstRange(of: RoleCredentials.path)?.lowerBound else {
            throw .failed(address: client.transport.authority, reason: "its answer makes no sense")
        }
        let answer = try client.transport.send(
            ClientRequest(
                "GET",
                String(uri[start...]),
                host: client.transport.authority,
                fields: [(name: "Authorization", value: token)]
            )
        )
        guard case .object(let members)? = try? JSONParser.parse(answer.body) else {
            throw .failed(address: client.transport.authority, reason: "its answer makes no sense")
        }
        guard let id = members.text("AccessKeyId"), let secret = members.text("SecretAccessKey")
        else {
            throw .refused(
                ServiceRefusal(
                    code: members.text("error") ?? "HTTP \(answer.status)",
                    message: members.text("message") ?? "",
                    status: answer.status
                )
            )
        }
        return Identity(
            credentials: SigningCredentials(
                keyID: id,
                secret: secret,
                sessionToken: members.text("Token")
            ),
            region: client.identity.region
        )
    }
}
