package import JSON

/// The one road of every operation of every service, and its stations in their order.
///
/// Member types, then in the lane: read the time, locate the secret, authorise, broken constraints and
/// bad names, the operation's own early checks, not found, owned by a service, scheduled for deletion,
/// perform, audit, commit. The order is part of compatibility: it decides which of two errors a
/// client sees.
package struct Service: Sendable {
    private let vault: any Vault
    private let now: @Sendable () -> Timestamp
    private let randomness: Randomness
    private let rotationFunctions: RotationFunctions
    private let authorization: Authorization

    package init(
        vault: any Vault,
        now: @escaping @Sendable () -> Timestamp,
        randomness: Randomness,
        rotationFunctions: RotationFunctions = .none,
        authorization: Authorization = .off
    ) {
        self.vault = vault
        self.now = now
        self.randomness = randomness
        self.rotationFunctions = rotationFunctions
        self.authorization = authorization
    }

    /// Runs a reading operation where the call arrived.
    ///
    /// The first read of a version on a day waits for LastAccessedDate to be written, so that a
    /// DescribeSecret right after it is never stale; later ones of that day write nothing.
    package func call<O: ReadOperation>(
        _: O.Type,
        _ body: JSONObject,
        by caller: Caller,
        then reply: @escaping @Sendable (Outcome<O.Response>) -> Void
    ) {
        var members = Members(body, areText: O.API.membersAreText)
        guard let request = readMembers(O.self, &members, caller, reply) else { return }
        let outcome = read(request, caller)
        append(record(of: O.action, outcome, caller, members), outcome.secretARN, caller)
        if case .success(let response) = outcome.result {
            for read in O.dependentReads(in: response) {
                append(record(of: read, at: outcome.time, caller), read.secretARN, caller)
            }
        }
        let unrecorded = outcome.firstAccesses(of: O.self)
        guard !unrecorded.isEmpty else { return reply(outcome) }
        vault.write { vault in
            // A day that cannot be noted, on a full disk perhaps, is no reason to refuse the read.
            try? vault.atomically { vault throws(APIError) in
                for access in unrecorded {
                    try vault.recordAccess(access, on: outcome.time.startOfDay)
                }
            }
        } then: { _ in
            reply(outcome)
        }
    }

    private func read<O: ReadOperation>(_ request: O, _ caller: Caller) -> Outcome<O.Response> {
        // Not the answer of `read`: what is generic over it there would copy it by hand.
        var outcome: Outcome<O.Response>?
        var failure: VaultFailure?
        do {
            try vault.read { vault in
                outcome = pass(request, caller, vault) { call throws(APIError) in
                    try request.perform(call, vault)
                }
            }
        } catch {
            failure = error
        }
        if failure == nil, let outcome { return outcome }
        return Outcome(
            failure: failure ?? VaultFailure("nothing was read"),
            at: now(),
            subject: request.subject
        )
    }

    /// Runs a changing operation in the write lane; `reply` comes after the commit.
    package func call<O: WriteOperation>(
        _: O.Type,
        _ body: JSONObject,
        by caller: Caller,
        then reply: @escaping @Sendable (Outcome<O.Response>) -> Void
    ) {
        var members = Members(body, areText: O.API.membersAreText)
        guard let request = readMembers(O.self, &members, caller, reply) else { return }
        let sent = members
        vault.write { vault in
            change(request, sent, caller, vault)
        } then: { result in
            switch result {
            case .success(let outcome): reply(outcome)
            case .failure(let failure):
                reply(Outcome(failure: failure, at: now(), subject: request.subject))
            }
        }
    }

    /// A change and its audit record are one; the record of a refusal stands outside it.
    private func change<O: WriteOperation>(
        _ request: O,
        _ members: Members,
        _ caller: Caller,
        _ vault: any VaultWriting
    ) -> Outcome<O.Response> {
        var refused: Outcome<O.Response>?
        do {
            return try vault.atomically { vault throws(APIError) in
                let outcome = pass(request, caller, vault) { call throws(APIError) in
                    let response = try request.perform(call, vault)
                    if let former = call.located {
                        try vault.updateReplicas(afterChangeOf: former)
                    }
                    return response
                }
                if case .failure(let error) = outcome.result {
                    refused = outcome
                    throw error
                }
                let record = record(of: O.action, outcome, caller, members)
                try append(record, outcome.secretARN, caller, to: vault)
                return outcome
            }
        } catch {
            let outcome =
                refused
                ?? Outcome(result: .failure(error), time: now(), subject: request.subject)
            // What refuses the call may also refuse its record; the caller hears of the first.
            let record = record(of: O.action, outcome, caller, members)
            try? append(record, outcome.secretARN, caller, to: vault)
            return outcome
        }
    }

    /// The members by their types; a call that stops here has its answer and its record.
    private func readMembers<O: Operation>(
        _: O.Type,
        _ members: inout Members,
        _ caller: Caller,
        _ reply: @Sendable (Outcome<O.Response>) -> Void
    ) -> O? {
        do {
            return try O(from: &members)
        } catch {
            let outcome = Outcome<O.Response>(result: .failure(error), time: now(), subject: nil)
            vault.append(record(of: O.action, outcome, caller, members))
            reply(outcome)
            return nil
        }
    }

    /// The stations inside the lane, and what is kept of them.
    private func pass<O: Operation>(
        _ request: O,
        _ caller: Caller,
        _ vault: any VaultReading,
        _ perform: (Call) throws(APIError) -> O.Response
    ) -> Outcome<O.Response> {
        let time = now()
        let authorization =
            authorization.mode == .off
            ? nil : CallAuthorization(authorization, caller, time, vault)
        var located: Secret?
        var response: O.Response?
        let result: Result<O.Response, APIError>
        do throws(APIError) {
            try admit(request, caller, vault, authorization, &located)
            let call = Call(
                caller: caller,
                now: time,
                located: located,
                randomness: randomness,
                rotationFunctions: rotationFunctions,
                authorization: authorization
            )
            let answer = try perform(call)
            response = answer
            result = .success(answer)
        } catch {
            result = .failure(error)
        }
        return Outcome(
            result: result,
            time: time,
            subject: located?.name ?? request.subject,
            secretARN: located?.arn ?? response.flatMap(O.secretARN),
            refusals: authorization?.refusals
        )
    }

    /// The stations before the operation itself; `located` is told even when one of them refuses.
    private func admit<O: Operation>(
        _ request: O,
        _ caller: Caller,
        _ vault: any VaultReading,
        _ authorization: CallAuthorization?,
        _ located: inout Secret?
    ) throws(APIError) {
        var unusableID: APIError?
        if let secretID = request.secretID {
            do throws(APIError) {
                located = try locate(secretID, caller, vault)
            } catch {
                unusableID = error
            }
        }
        if let authorization {
            for permission in request.permissions() {
                try authorization.require(permission, located)
            }
        }
        let violations = request.violations()
        guard violations.isEmpty else { throw .validation(violations) }
        if let unusableID { throw unusableID }
        try request.checkBeforeLookup()
        if let located {
            try admit(located, to: O.self)
        } else if request.secretID != nil, !O.admits.contains(.unknown) {
            throw .secretNotFound
        }
    }

    /// An ARN of another region is not known at this endpoint.
    private func locate(
        _ secretID: String,
        _ caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> Secret? {
        let address = try SecretAddress(secretID, from: caller.scope)
        guard address.scope.region == caller.scope.region else { return nil }
        return try vault.secret(at: address)
    }

    private func admit<O: Operation>(_ secret: Secret, to _: O.Type) throws(APIError) {
        if secret.isReplica, !O.admits.contains(.replica), !(O.self is any ReadOperation.Type) {
            throw .writeOnReplica
        }
        if let owner = secret.owningService, !O.admits.contains(.serviceOwned) {
            throw .managedByService(owner)
        }
        if secret.deletedAt != nil, !O.admits.contains(.scheduled) {
            throw .scheduledForDeletion
        }
    }

    /// Queues the record of a read, for both accounts if the secret is another one's.
    private func append(_ record: AuditRecord, _ arn: SecretARN?, _ caller: Caller) {
        vault.append(record)
        if let owner = arn?.scope, owner.account != caller.scope.account {
            vault.append(record.copy(in: owner))
        }
    }

    private func append(
        _ record: AuditRecord,
        _ arn: SecretARN?,
        _ caller: Caller,
        to vault: any VaultWriting
    ) throws(APIError) {
        try vault.append(record)
        if let owner = arn?.scope, owner.account != caller.scope.account {
            try vault.append(record.copy(in: owner))
        }
    }

    private func record(
        of read: DependentRead,
        at time: Timestamp,
        _ caller: Caller
    ) -> AuditRecord {
        var members = Members(JSONObject([("SecretId", .string(read.secretID))]))
        _ = try? members.string("SecretId")
        let result: Result<Void, APIError> = read.error.map { .failure($0) } ?? .success(())
        let outcome = Outcome(
            result: result,
            time: time,
            subject: nil,
            secretARN: read.secretARN,
            refusals: read.refusals
        )
        return record(of: Action.getSecretValue, outcome, caller, members)
    }

    private func record<Response>(
        of action: some ServiceAction,
        _ outcome: Outcome<Response>,
        _ caller: Caller,
        _ members: Members
    ) -> AuditRecord {
        let error = outcome.error
        return AuditRecord(
            time: outcome.time,
            requestID: caller.requestID,
            eventSource: type(of: action).eventSource,
            eventName: action.rawValue,
            scope: caller.scope,
            principalARN: caller.principalARN,
            principalID: caller.identity.uniqueID,
            accessKeyID: caller.accessKeyID,
            sourceAddress: caller.sourceAddress,
            userAgent: caller.userAgent,
            secretARN: outcome.secretARN?.text,
            requestParameters: members.requestParameters,
            errorCode: error?.code.rawValue,
            errorMessage: error?.message,
            decision: outcome.refusals,
            isReadOnly: action.isReadOnly
        )
    }
}
