internal import AWS
internal import JSON
internal import Notation
internal import Threads

/// As whom the agent calls: the root of the server's account or a role of it, and for whoever names a
/// role, a session that it gets from STS.
final class AgentCallers: Sendable {
    /// Why there is nobody to call as.
    enum Failure: Error {
        /// STS refused.
        case refused(roleARN: String)
        /// More roles than the agent has room for.
        case tooMany(roleARN: String)
        /// The agent's own role is not there, or the vault does not answer.
        case none(cause: String)

        func answer(about secretID: String) -> Answer {
            switch self {
            case .refused(let arn):
                AgentAnswer.refusal(
                    403,
                    "AccessDeniedException",
                    "Failed to create caching client from role: \(arn)",
                    about: secretID
                )
            case .tooMany(let arn):
                AgentAnswer.refusal(
                    400,
                    "MaxRolesExceeded",
                    "The maximum number of assumed roles (\(AgentCallers.limit)) has been reached."
                        + " Unable to assume the following role to create a client: \(arn)",
                    about: secretID
                )
            case .none(let cause):
                AgentAnswer.refusal(500, "InternalFailure", nil, about: secretID, cause: cause)
            }
        }
    }

    typealias Reply = @Sendable (Result<Caller, Failure>) -> Void

    static let limit = 20
    private static let sessionName = "secrets-manager-provider"
    /// A session that ends sooner is got anew.
    private static let leastMilliseconds: Int64 = 300_000
    private static let userAgent = "aws-workload-credentials-provider/3.0 pocketvault/"

    private let road: Road
    private let scope: Scope
    private let roleName: String?
    private let now: @Sendable () -> Timestamp
    private let sessions = Locked<[String: Session]>([:])

    init(of vault: OpenVault) {
        road = vault.road
        scope = vault.configuration.scope
        roleName = vault.configuration.agentRole
        now = vault.clock.now
    }

    /// The caller that a secret is read as.
    ///
    /// - Parameters:
    ///   - roleARN: the role that was asked for; nil for the agent itself.
    ///   - peer: where the request came from.
    ///   - requestID: of the calls that follow.
    ///   - reply: gets it.
    func caller(
        _ roleARN: String?,
        from peer: String,
        _ requestID: String,
        then reply: @escaping Reply
    ) {
        let own: Caller
        do throws(Failure) {
            own = caller(try ownPrincipal(), scope.account, peer, requestID)
        } catch {
            return reply(.failure(error))
        }
        guard let roleARN else { return reply(.success(own)) }
        session(of: roleARN, own) { [self] result in
            reply(
                result.flatMap { session in
                    guard let principal = principal(of: session) else {
                        return .failure(.refused(roleARN: roleARN))
                    }
                    return .success(caller(principal, session.account, peer, requestID))
                }
            )
        }
    }

    private func caller(
        _ principal: CallerPrincipal,
        _ account: String,
        _ peer: String,
        _ requestID: String
    ) -> Caller {
        Caller(
            scope: Scope(account: account, region: scope.region),
            principal: principal,
            accessKeyID: nil,
            requestID: requestID,
            sourceAddress: peer,
            userAgent: AgentCallers.userAgent + Server.version
        )
    }

    /// The role is looked up for each call: what it may do now is what counts.
    private func ownPrincipal() throws(Failure) -> CallerPrincipal {
        guard let roleName else { return .root(of: scope) }
        do throws(APIError) {
            let found = try road.vault.reading { vault throws(APIError) -> CallerPrincipal? in
                guard let role = try vault.principal(.role, named: roleName, in: scope.account)
                else { return nil }
                return .session(
                    of: role,
                    named: AgentCallers.sessionName,
                    tags: try vault.tags(of: role),
                    startedAt: now()
                )
            }
            if let found { return found }
        } catch {
            throw .none(cause: error.cause ?? error.code.rawValue)
        }
        throw .none(cause: "there is no role \(roleName), which --agent-role names")
    }

    /// A session that was got before, or a new one.
    private func session(
        of roleARN: String,
        _ own: Caller,
        then reply: @escaping @Sendable (Result<Session, Failure>) -> Void
    ) {
        let leastEnd = now().milliseconds + AgentCallers.leastMilliseconds
        let (kept, hasRoom) = sessions.withLock { sessions in
            (sessions[roleARN], sessions[roleARN] != nil || sessions.count < AgentCallers.limit)
        }
        if let kept, kept.expiresAt.milliseconds > leastEnd, principal(of: kept) != nil {
            return reply(.success(kept))
        }
        guard hasRoom else { return reply(.failure(.tooMany(roleARN: roleARN))) }
        let members = JSONObject([
            (name: "RoleArn", value: .string(roleARN)),
            (name: "RoleSessionName", value: .string(AgentCallers.sessionName)),
        ])
        STSAction.assumeRole.operation.run(members, own, road) { [self] outcome in
            guard let session = session(in: outcome.result) else {
                sessions.withLock { $0[roleARN] = nil }
                return reply(.failure(.refused(roleARN: roleARN)))
            }
            sessions.withLock { $0[roleARN] = session }
            reply(.success(session))
        }
    }

    private func session(in answer: Result<[UInt8], APIError>) -> Session? {
        guard case .success(let bytes) = answer,
            case .object(let object)? = try? JSONParser.parse(bytes),
            case .object(let credentials)? = object["Credentials"],
            case .string(let token)? = credentials["SessionToken"]
        else { return nil }
        let opened = try? road.vault.reading { vault throws(APIError) in
            try SessionToken(token).session(in: vault)
        }
        return opened ?? nil
    }

    /// Nil when the role is gone.
    private func principal(of session: Session) -> CallerPrincipal? {
        let found = try? road.vault.reading { vault throws(APIError) in
            try CallerOfSession(session, in: scope.region).principal(in: vault)
        }
        return found ?? nil
    }
}
