internal import AWS
internal import HTTPServer
internal import JSON
internal import Notation

/// Reads secrets for those who ask the agent, and keeps what it read.
///
/// A value whose time is over is described before it is read again: most have not changed.
struct AgentSecrets: Sendable {
    private let road: Road
    private let callers: AgentCallers
    private let cache: AgentCache

    init(of vault: OpenVault) {
        road = vault.road
        callers = AgentCallers(of: vault)
        cache = vault.agentCache
    }

    func fetch(
        _ query: AgentQuery,
        for request: HTTPRequest,
        _ requestID: String,
        _ reply: @escaping Reply
    ) {
        let finding = query.refreshNow ? .nothing : cache.look(for: query.question)
        if case .fresh(let value) = finding {
            return reply(AgentAnswer.value(value, about: query.secretID))
        }
        callers.caller(query.roleARN, from: request.peer, requestID) { result in
            switch result {
            case .success(let caller):
                if case .expired(let value) = finding {
                    renew(value, query, caller, reply)
                } else {
                    read(query, caller, insteadOf: nil, reply)
                }
            case .failure(let failure):
                reply(failure.answer(about: query.secretID))
            }
        }
    }

    /// Keeps a value for another while if it is still what was asked for.
    private func renew(
        _ value: AgentValue,
        _ query: AgentQuery,
        _ caller: Caller,
        _ reply: @escaping Reply
    ) {
        call(.describeSecret, ["SecretId": value.arn], caller) { result in
            switch result {
            case .success(let description) where value.isCurrent(by: description, for: query):
                keep(value, query, reply)
            case .success: read(query, caller, insteadOf: value, reply)
            case .failure(let error) where error.isTransient: keep(value, query, reply)
            case .failure(let error): reply(AgentAnswer.error(error, about: query.secretID))
            }
        }
    }

    private func read(
        _ query: AgentQuery,
        _ caller: Caller,
        insteadOf former: AgentValue?,
        _ reply: @escaping Reply
    ) {
        var members = ["SecretId": query.secretID]
        members["VersionId"] = query.versionID
        members["VersionStage"] = query.versionStage
        call(.getSecretValue, members, caller) { result in
            switch (result.map(AgentValue.init), former) {
            case (.success(let value?), _): keep(value, query, reply)
            case (.success(nil), _):
                let error = APIError.internalServiceError(cause: "the answer is no secret value")
                reply(AgentAnswer.error(error, about: query.secretID))
            case (.failure(let error), let former?) where error.isTransient:
                keep(former, query, reply)
            case (.failure(let error), _):
                reply(AgentAnswer.error(error, about: query.secretID))
            }
        }
    }

    private func keep(_ value: AgentValue, _ query: AgentQuery, _ reply: Reply) {
        cache.keep(value, for: query.question)
        reply(AgentAnswer.value(value, about: query.secretID))
    }

    private func call(
        _ action: SecretsManagerAction,
        _ members: [String: String],
        _ caller: Caller,
        then reply: @escaping @Sendable (Result<[UInt8], APIError>) -> Void
    ) {
        let body = JSONObject(
            members.sorted { $0.key < $1.key }
                .map { (name: $0.key, value: JSONValue.string($0.value)) }
        )
        action.operation.run(body, caller, road) { reply($0.result) }
    }
}

extension APIError {
    /// Whether it may be over soon: then what is kept is better than nothing.
    fileprivate var isTransient: Bool { code.status >= 500 }
}
