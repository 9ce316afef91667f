internal import Invocation
package import JSON
package import Notation
internal import SignatureV4

/// Calls the services of a vault, or of AWS, with real signatures.
package struct VaultClient: Sendable {
    /// What carries the calls.
    package let transport: any Transport
    /// As whom they are made, and for which region.
    package let identity: Identity
    /// How often a call is tried.
    package var retries = Retries.standard
    private let now: @Sendable () -> Timestamp
    private let newToken: @Sendable () -> String

    /// - Parameters:
    ///   - transport: to a server, or to a vault in this process.
    ///   - identity: as whom, and for which region.
    ///   - now: the time of day, which signatures need.
    ///   - newToken: makes a UUID.
    package init(
        over transport: any Transport,
        as identity: Identity,
        now: @escaping @Sendable () -> Timestamp,
        newToken: @escaping @Sendable () -> String
    ) {
        self.transport = transport
        self.identity = identity
        self.now = now
        self.newToken = newToken
    }

    /// The surface beside AWS's, on the same server.
    package var control: ControlClient {
        ControlClient(over: transport, as: identity, now: now)
    }

    /// Calls an operation; one that makes a version gets a token, as the SDKs have it, unless there is
    /// one among the members.
    ///
    /// - Parameters:
    ///   - operation: as in `GetSecretValue`.
    ///   - members: of the request.
    ///   - service: whose operation it is.
    /// - Returns: the members of the answer.
    /// - Throws: `refused` with the service's error, or why nobody answered.
    @discardableResult
    package func call(
        _ operation: String,
        _ members: JSONObject = JSONObject([]),
        of service: AWSService = .secretsManager
    ) throws(ClientError) -> JSONObject {
        var members = members
        if service == .secretsManager, VaultClient.operationsWithToken.contains(operation),
            members["ClientRequestToken"] == nil
        {
            let token = (name: "ClientRequestToken", value: JSONValue.string(newToken()))
            members = JSONObject(members.members + [token])
        }
        let body = members.jsonBytes()
        return try retries.run { () throws(ClientError) in
            // Signed anew each time: a signature is good for five minutes.
            try answer(to: request(operation, body, service))
        }
    }

    /// Calls an operation that answers in pages, until the last.
    ///
    /// - Parameters:
    ///   - operation: as in `ListSecrets`.
    ///   - members: of the request, without a token.
    ///   - list: the member of the answer with the elements.
    ///   - service: whose operation it is.
    /// - Returns: the elements of all pages.
    /// - Throws: as `call`.
    package func all(
        _ operation: String,
        _ members: JSONObject = JSONObject([]),
        list: String,
        of service: AWSService = .secretsManager
    ) throws(ClientError) -> [JSONObject] {
        var elements: [JSONObject] = []
        var token: String?
        repeat {
            let more = token.map { [(name: "NextToken", value: JSONValue.string($0))] } ?? []
            let page = try call(operation, JSONObject(members.members + more), of: service)
            elements += page.objects(list)
            // Other emulators write an empty one on the last page.
            let next = page.text("NextToken").flatMap { $0.isEmpty ? nil : $0 }
            guard next == nil || next != token else {
                throw .failed(
                    address: transport.authority,
                    reason: "\(operation) answers the same page again and again"
                )
            }
            token = next
        } while token != nil
        return elements
    }

    private static let operationsWithToken: Set<String> = [
        "CreateSecret", "PutSecretValue", "RotateSecret", "UpdateSecret",
    ]

    private func request(
        _ operation: String,
        _ body: [UInt8],
        _ service: AWSService
    ) throws(ClientError) -> ClientRequest {
        let request = ClientRequest(
            "POST",
            "/",
            host: transport.authority,
            fields: [
                (name: "Content-Type", value: "application/x-amz-json-1.1"),
                (name: "X-Amz-Target", value: "\(service.targetPrefix).\(operation)"),
                (name: "User-Agent", value: ControlClient.userAgent),
            ],
            body: body
        )
        return request.signed(by: identity, for: service.signingName, at: now())
    }

    private func answer(to request: ClientRequest) throws(ClientError) -> JSONObject {
        let answer = try transport.send(request)
        // What has nothing to say, as TagResource.
        if answer.status == 200, answer.body.isEmpty { return JSONObject([]) }
        let members = try? JSONParser.parse(answer.body)
        if answer.status == 200, case .object(let members)? = members { return members }
        guard answer.status != 200 else {
            throw .failed(address: transport.authority, reason: "its answer is not JSON")
        }
        throw .refused(ServiceRefusal(answer, members))
    }
}

extension ServiceRefusal {
    /// Reads the error of a service of the JSON protocols.
    fileprivate init(_ answer: HTTPAnswer, _ body: JSONValue?) {
        var code: String?
        var message: String?
        if case .object(let members)? = body {
            code = members.text("__type") ?? members.text("code")
            message = members.text("message") ?? members.text("Message")
        }
        // Some write a namespace before it, some a URL after it.
        let type = code ?? answer["x-amzn-errortype"] ?? "HTTP \(answer.status)"
        let name = type.split(separator: ":").first ?? ""
        self.init(
            code: name.split(separator: "#").last.map(String.init) ?? "HTTP \(answer.status)",
            message: message ?? "",
            status: answer.status,
            retryAfterSeconds: answer["retry-after"].flatMap { Int($0) }
        )
        requestID = answer["x-amzn-requestid"]
    }
}

extension ClientRequest {
    /// The request with a signature.
    func signed(
        by identity: Identity,
        for service: String,
        at time: Timestamp
    ) -> ClientRequest {
        let signer = RequestSigner(identity.credentials, region: identity.region, service: service)
        var signed = self
        signed.fields += signer.headers(for: self, with: fields.map(\.name), at: time)
        return signed
    }
}
