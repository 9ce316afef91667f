internal import AWS
internal import HTTPServer
internal import JSON
internal import Notation

/// Gives programs the credentials of roles, as ECS gives them to its tasks: an SDK that finds
/// `AWS_CONTAINER_CREDENTIALS_FULL_URI` and `AWS_CONTAINER_AUTHORIZATION_TOKEN` asks for itself.
///
/// [Container credential provider](https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html)
struct CredentialsControl: Sendable {
    static let path = "/_pocketvault/credentials"

    let road: Road
    let access: ControlAccess
    /// Whether who asks for a token must have signed for it.
    let isSigned: Bool
    /// Of roles that are named without an account, and where their sessions are made.
    let scope: Scope
    /// By which tokens and credentials end: their holder goes by the machine's clock.
    let machineNow: @Sendable () -> Timestamp

    private static let operation = "Credentials"
    private static let sessionName = "pocketvault"
    private static let tokenMilliseconds: Int64 = 12 * 3_600_000
    private static let credentialMilliseconds: Int64 = 3_600_000

    // MARK: A token for a role

    /// `POST …/credentials {"role":NAME,"account":A}`: where credentials of the role are, and with
    /// which token.
    @Sendable func issue(_ request: HTTPRequest, _ reply: @escaping Reply) {
        do throws(ControlOrder.Refusal) {
            let order = try TokenOrder(try ControlOrder.members(of: request), scope)
            guard let host = request.headers["Host"] else {
                throw ControlOrder.Refusal("Send Host: the answer holds an address.")
            }
            let role = try role(order.roleName, in: order.account)
            guard isSigned else {
                guard let role else { throw CredentialsControl.noRole(order.arn) }
                return seal(role, host, reply)
            }
            let caller = try access.caller(of: request)
            // Whoever may not assume it does not learn whether it is there.
            assume(role?.arn ?? order.arn, as: caller) { result in
                switch (result, role) {
                case (.success, let role?): seal(role, host, reply)
                case (.success, nil): reply(CredentialsControl.noRole(order.arn).answer)
                case (.failure(let error), _): reply(CredentialsControl.answer(error))
                }
            }
        } catch {
            reply(error.answer)
        }
    }

    private func seal(_ role: IAMPrincipal, _ host: String, _ reply: @escaping Reply) {
        let token = ContainerToken(
            account: role.account,
            roleName: role.name,
            expiresAt: later(by: CredentialsControl.tokenMilliseconds)
        )
        change { vault throws(APIError) in
            try token.text(in: vault)
        } then: { result in
            reply(
                CredentialsControl.answer(result, about: role.name) { token, writer in
                    let path = "\(CredentialsControl.path)/\(PercentEncoding.encode(role.name))"
                    writer.name("uri")
                    writer.string("http://\(host)\(path)")
                    writer.name("token")
                    writer.string(token)
                }
            )
        }
    }

    // MARK: The credentials of a role

    /// `GET …/credentials/ROLE`: credentials for an hour, to who sends the token.
    @Sendable func give(_ request: HTTPRequest, _ reply: @escaping Reply) {
        let name = request.path.dropFirst(CredentialsControl.path.count + 1)
        let roleName = PercentEncoding.decode(name.utf8).map { String(decoding: $0, as: UTF8.self) }
        do throws(ControlOrder.Refusal) {
            let text = request.headers["Authorization"] ?? ""
            let token = try read { vault throws(APIError) in
                try ContainerToken(text: text, in: vault)
            }
            guard let token, token.roleName == roleName, token.expiresAt > machineNow() else {
                throw ControlOrder.Refusal(
                    "Send the token as Authorization; POST \(CredentialsControl.path)"
                        + " {\"role\":NAME} gives one, which holds for 12 hours.",
                    status: 401,
                    code: "Unauthorized"
                )
            }
            let scope = Scope(account: token.account, region: scope.region)
            guard let role = try role(token.roleName, in: token.account) else {
                throw CredentialsControl.noRole(scope.iamARN("role/\(token.roleName)"))
            }
            assume(role.arn, as: .tasks(in: scope)) { result in
                switch result {
                case .success(let credentials): give(credentials, of: role, reply)
                case .failure(let error): reply(CredentialsControl.answer(error))
                }
            }
        } catch {
            reply(error.answer)
        }
    }

    /// The session lasts for as long as the SDK believes, however the vault's clock is moved.
    private func give(
        _ credentials: JSONObject,
        of role: IAMPrincipal,
        _ reply: @escaping Reply
    ) {
        guard case .string(let text)? = credentials["SessionToken"] else {
            return reply(ControlAnswer.storeFailed(cause: "AssumeRole gave no token"))
        }
        let end = later(by: CredentialsControl.credentialMilliseconds)
        change { vault throws(APIError) in
            guard let session = try SessionToken(text).session(in: vault) else {
                throw .internalServiceError(cause: "AssumeRole gave a token that does not open")
            }
            return try SessionToken(of: session.lasting(untilMachineTime: end), in: vault).text
        } then: { result in
            reply(
                CredentialsControl.answer(result, about: role.name) { token, writer in
                    writer.name("RoleArn")
                    writer.string(role.arn)
                    for name in ["AccessKeyId", "SecretAccessKey"] {
                        writer.name(name)
                        (credentials[name] ?? .null).write(to: &writer)
                    }
                    writer.name("Token")
                    writer.string(token)
                    writer.name("Expiration")
                    writer.string(CalendarTime.secondsText(of: end))
                }
            )
        }
    }

    // MARK: What both need

    /// The role's trust policy and the trail are asked as for every AssumeRole.
    private func assume(
        _ roleARN: String,
        as caller: Caller,
        then reply: @escaping @Sendable (Result<JSONObject, APIError>) -> Void
    ) {
        let members = JSONObject([
            (name: "RoleArn", value: .string(roleARN)),
            (name: "RoleSessionName", value: .string(CredentialsControl.sessionName)),
        ])
        STSAction.assumeRole.operation.run(members, caller, road) { outcome in
            reply(
                outcome.result.flatMap { bytes in
                    guard case .object(let answer)? = try? JSONParser.parse(bytes),
                        case .object(let credentials)? = answer["Credentials"]
                    else { return .failure(.internalServiceError(cause: "no credentials")) }
                    return .success(credentials)
                }
            )
        }
    }

    private func role(
        _ name: String,
        in account: String
    ) throws(ControlOrder.Refusal) -> IAMPrincipal? {
        try read { vault throws(APIError) in try vault.principal(.role, named: name, in: account) }
    }

    private func read<Value: Sendable>(
        _ body: (any VaultReading) throws(APIError) -> Value
    ) throws(ControlOrder.Refusal) -> Value {
        do throws(APIError) {
            return try road.vault.reading(body)
        } catch {
            throw ControlOrder.Refusal(
                "The vault could not be read; the log says why.",
                status: 500,
                code: error.code.rawValue,
                cause: error.cause ?? error.code.rawValue
            )
        }
    }

    private func change(
        _ body: @escaping @Sendable (any VaultWriting) throws(APIError) -> String,
        then reply: @escaping @Sendable (Result<String, APIError>) -> Void
    ) {
        road.vault.write { vault in
            Result { () throws(APIError) in try vault.atomically(body) }
        } then: { result in
            switch result {
            case .success(let answer): reply(answer)
            case .failure(let failure): reply(.failure(APIError(failure)))
            }
        }
    }

    private func later(by milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: machineNow().milliseconds + milliseconds)
    }

    private static func noRole(_ arn: String) -> ControlOrder.Refusal {
        ControlOrder.Refusal("There is no role \(arn).", status: 404, code: "NoSuchRole")
    }

    private static func answer(_ error: APIError) -> Answer {
        let error = error.ofQueryProtocol
        var answer = ControlAnswer.error(
            error.code.status,
            error.code.rawValue,
            error.message ?? "",
            cause: error.cause
        )
        answer.operation = operation
        return answer
    }

    private static func answer(
        _ result: Result<String, APIError>,
        about roleName: String,
        _ write: (_ text: String, _ writer: inout JSONWriter) -> Void
    ) -> Answer {
        switch result {
        case .success(let text):
            Answer(
                ControlAnswer.json(200) { write(text, &$0) },
                operation: operation,
                subject: roleName
            )
        case .failure(let error): answer(error)
        }
    }
}

extension CredentialsControl {
    init(of vault: OpenVault, _ access: ControlAccess) {
        self.init(
            road: vault.road,
            access: access,
            isSigned: vault.configuration.signatures == .verify,
            scope: vault.configuration.scope,
            machineNow: vault.machine.now
        )
    }
}

extension Caller {
    /// The service that assumes the roles of ECS's tasks.
    fileprivate static func tasks(in scope: Scope) -> Caller {
        let name = "ecs-tasks.amazonaws.com"
        let task = ARN("ecs", in: scope, "task/pocketvault").text
        return Caller(
            scope: scope,
            principal: .service(name, for: task),
            accessKeyID: nil,
            requestID: RequestID.make(),
            sourceAddress: name,
            userAgent: name
        )
    }
}

/// The body of a call for a token.
private struct TokenOrder {
    let account: String
    let roleName: String
    let arn: String

    init(_ members: JSONObject, _ scope: Scope) throws(ControlOrder.Refusal) {
        var texts: [String: String] = [:]
        for member in members.members {
            guard member.name == "role" || member.name == "account" else {
                throw ControlOrder.Refusal(
                    "There are the members role and account; the body has another."
                )
            }
            guard case .string(let text) = member.value else {
                throw ControlOrder.Refusal("The member \(member.name) must be a string.")
            }
            texts[member.name] = text
        }
        guard let role = texts["role"], !role.isEmpty else {
            throw ControlOrder.Refusal("The member role is needed: the name or the ARN of a role.")
        }
        var account = texts["account"] ?? scope.account
        if let parts = ARN(role) {
            guard parts.service == IAM.signingName, parts.path.first == "role",
                let name = parts.path.last, !name.isEmpty,
                texts["account"] == nil || account == parts.account
            else {
                throw ControlOrder.Refusal("\"\(role)\" is not the ARN of a role of that account.")
            }
            account = parts.account
            roleName = String(name)
            arn = role
        } else {
            roleName = role
            arn = Scope(account: account, region: scope.region).iamARN("role/\(role)")
        }
        guard AccountID.isValid(account) else {
            throw ControlOrder.Refusal("The member account must be a string of twelve digits.")
        }
        self.account = account
    }
}
