package import JSON
package import Notation

/// The one road of every operation of every service, and its stations in their order.
///
/// Member types, what somebody asked to go wrong, then in the lane: read the time, locate the subject, authorise, broken constraints
/// and bad names, the operation's own early checks, admit the subject (not found, owned by a service,
/// scheduled for deletion), perform, what follows, audit, commit. The order is part of compatibility:
/// it decides which of two errors a client sees.
package final class Road: Sendable {
    package let vault: any Vault
    let now: @Sendable () -> Timestamp
    let randomness: Randomness
    let functions: InvocableFunctions
    let tasks: RunningTasks
    let tokenSignatures: TokenSignatures
    let authorization: Authorization
    private let later: @Sendable (@escaping @Sendable () -> Void) -> Void
    let faults: FaultStation

    /// - Parameters:
    ///   - vault: the store.
    ///   - now: the vault's time.
    ///   - randomness: for identifiers and passwords.
    ///   - functions: which functions elsewhere can be called.
    ///   - tasks: what runs elsewhere for services.
    ///   - tokenSignatures: by what the tokens of identity providers are told from false ones.
    ///   - authorization: whether callers need permission.
    ///   - later: runs a reading operation that may take long, elsewhere.
    ///   - faults: what is to go wrong.
    package init(
        vault: any Vault,
        now: @escaping @Sendable () -> Timestamp,
        randomness: Randomness,
        functions: InvocableFunctions = .none,
        tasks: RunningTasks = .none,
        tokenSignatures: TokenSignatures = .unchecked,
        authorization: Authorization = .off,
        later: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void = { $0() },
        faults: FaultStation = .none
    ) {
        self.vault = vault
        self.now = now
        self.randomness = randomness
        self.functions = functions
        self.tasks = tasks
        self.tokenSignatures = tokenSignatures
        self.authorization = authorization
        self.later = later
        self.faults = faults
    }

    /// Runs a reading operation where the call arrived, unless it may take long.
    ///
    /// The first read of a version on a day waits for its note, so that what is asked right after it
    /// is never stale; later ones of that day write nothing. Only while a reset or the like holds the
    /// write lane, the answer goes out first.
    package func call<O: ReadOperation>(
        _: O.Type,
        _ body: JSONObject,
        by caller: Caller,
        then reply: @escaping @Sendable (Outcome<O.Response>) -> Void
    ) {
        var members = Members(body, areText: O.API.Card.wire.membersAreText)
        guard let request = readMembers(O.self, &members, caller, reply) else { return }
        let sent = members
        guard let fault = faults.fault(of: O.self, body, by: caller) else {
            return answer(request, sent, caller, nil, reply)
        }
        faults.hold(fault) { [self] in
            if let refusal = fault.refusal {
                return refuse(request, sent, caller, refusal, by: fault, reply)
            }
            answer(request, sent, caller, fault, reply)
        }
    }

    private func answer<O: ReadOperation>(
        _ request: O,
        _ sent: Members,
        _ caller: Caller,
        _ fault: Fault?,
        _ reply: @escaping @Sendable (Outcome<O.Response>) -> Void
    ) {
        guard request.mayTakeLong else { return read(request, sent, caller, fault, reply) }
        later { [self] in read(request, sent, caller, fault, reply) }
    }

    private func read<O: ReadOperation>(
        _ request: O,
        _ members: Members,
        _ caller: Caller,
        _ fault: Fault?,
        _ reply: @escaping @Sendable (Outcome<O.Response>) -> Void
    ) {
        let outcome = read(request, caller, fault)
        vault.append(record(of: O.self, outcome, caller, members), sharedWith: outcome.resource)
        var notes: [ReadNote] = []
        if case .success(let response) = outcome.result {
            notes = O.notes(of: response, at: outcome.time)
        }
        for call in outcome.dependents {
            vault.append(record(of: call, at: outcome.time, caller), sharedWith: call.resource)
            notes += call.notes
        }
        guard !notes.isEmpty else { return reply(outcome) }
        vault.note(notes) { reply(outcome) }
    }

    private func read<O: ReadOperation>(
        _ request: O,
        _ caller: Caller,
        _ fault: Fault?
    ) -> Outcome<O.Response> {
        // Every call reads: not by the `read` that is generic over the answer.
        var outcome: Outcome<O.Response>?
        var failure: VaultFailure?
        do {
            try vault.read { vault in
                outcome = pass(request, caller, fault, vault) { call throws(APIError) in
                    try request.perform(call, vault)
                }
            }
        } catch {
            failure = error
        }
        if failure == nil, let outcome { return outcome }
        return Outcome(
            failure: failure ?? .nothingRead,
            at: now(),
            subject: request.subjectID
        )
    }

    /// Runs a changing operation in the write lane; `reply` comes after the commit.
    ///
    /// Whoever may only read is turned away here, where the type says that the operation changes
    /// something. The trail gets no record of that, as of any call whose credentials are refused.
    package func call<O: WriteOperation>(
        _: O.Type,
        _ body: JSONObject,
        by caller: Caller,
        then reply: @escaping @Sendable (Outcome<O.Response>) -> Void
    ) {
        guard !caller.mayOnlyRead else {
            let refusal = Result<O.Response, APIError>.failure(.missingAuthenticationToken)
            return reply(Outcome(result: refusal, time: now(), subject: nil))
        }
        var members = Members(body, areText: O.API.Card.wire.membersAreText)
        guard let request = readMembers(O.self, &members, caller, reply) else { return }
        guard let fault = faults.fault(of: O.self, body, by: caller) else {
            return write(request, members, caller, nil, reply)
        }
        let sent = members
        faults.hold(fault) { [self] in
            if let refusal = fault.refusal {
                return refuse(request, sent, caller, refusal, by: fault, reply)
            }
            write(request, sent, caller, fault, reply)
        }
    }

    private func write<O: WriteOperation>(
        _ request: O,
        _ sent: Members,
        _ caller: Caller,
        _ fault: Fault?,
        _ reply: @escaping @Sendable (Outcome<O.Response>) -> Void
    ) {
        // What found no place in the trail has another chance, or counts as lost.
        let queueRecord: @Sendable (Outcome<O.Response>) -> Void = { [self] outcome in
            vault.append(record(of: O.self, outcome, caller, sent), sharedWith: outcome.resource)
        }
        vault.write { [self] vault in
            change(request, sent, caller, fault, vault)
        } then: { [self] result in
            switch result {
            case .success(let (outcome, isRecorded)):
                if !isRecorded { queueRecord(outcome) }
                reply(outcome)
            case .failure(let failure):
                let outcome = Outcome<O.Response>(
                    failure: failure,
                    at: now(),
                    subject: request.subjectID
                )
                queueRecord(outcome)
                reply(outcome)
            }
        }
    }

    /// A change and its audit record are one; the record of a refusal stands outside it.
    ///
    /// - Returns: also whether the trail has the record.
    private func change<O: WriteOperation>(
        _ request: O,
        _ members: Members,
        _ caller: Caller,
        _ fault: Fault?,
        _ vault: any VaultWriting
    ) -> (outcome: Outcome<O.Response>, isRecorded: Bool) {
        var refused: Outcome<O.Response>?
        do {
            let outcome = try vault.atomically { vault throws(APIError) in
                let outcome = pass(request, caller, fault, vault) { call throws(APIError) in
                    let response = try request.perform(call, vault)
                    try call.located?.follow(at: call.now, by: call.requester, vault)
                    return response
                }
                if case .failure(let error) = outcome.result {
                    refused = outcome
                    throw error
                }
                let kept = outcome.response.flatMap(O.responseElements)
                let record = record(of: O.self, outcome, caller, members, responseElements: kept)
                try vault.append(record, sharedWith: outcome.resource)
                return outcome
            }
            return (outcome, true)
        } catch {
            let outcome =
                refused
                ?? Outcome(result: .failure(error), time: now(), subject: request.subjectID)
            // What refuses the call may also refuse its record; the caller hears of the first.
            let record = record(of: O.self, outcome, caller, members)
            do {
                try vault.append(record, sharedWith: outcome.resource)
                return (outcome, true)
            } catch {
                return (outcome, false)
            }
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
            vault.append(record(of: O.self, outcome, caller, members))
            reply(outcome)
            return nil
        }
    }

    /// The stations inside the lane, and what is kept of them.
    private func pass<O: Operation>(
        _ request: O,
        _ caller: Caller,
        _ fault: Fault?,
        _ vault: any VaultReading,
        _ perform: (Call<O.Subject>) throws(APIError) -> O.Response
    ) -> Outcome<O.Response> {
        let time = now()
        let authorization =
            authorization.mode == .off
            ? nil : CallAuthorization(authorization, caller, time, vault)
        let dependents = DependentCalls()
        var located: O.Subject?
        var response: O.Response?
        let result: Result<O.Response, APIError>
        do throws(APIError) {
            try Road.admit(request, caller, vault, authorization, &located)
            let call = Call(
                on: self,
                by: caller,
                at: time,
                about: located,
                authorization,
                noting: dependents,
                fault
            )
            let answer = try perform(call)
            response = answer
            result = .success(answer)
        } catch {
            result = .failure(error)
        }
        var subject: String?
        var resource: RecordedResource?
        if let located {
            subject = O.name(of: located)
            resource = O.recordedResource(of: located)
        }
        return Outcome(
            result: result,
            time: time,
            subject: subject ?? request.subjectID,
            resource: resource ?? response.flatMap(O.recordedResource(in:)),
            refusals: authorization?.refusals,
            dependents: dependents.all,
            madeCalls: dependents.takeMadeCalls(),
            fault: fault
        )
    }

    /// The stations before the operation itself; `located` is told even when one of them refuses.
    static func admit<O: Operation>(
        _ request: O,
        _ caller: Caller,
        _ vault: any VaultReading,
        _ authorization: CallAuthorization?,
        _ located: inout O.Subject?
    ) throws(APIError) {
        if caller.principal.kind == .federatedUser, let refusal = O.refusalOfFederatedUsers {
            throw refusal
        }
        var badName: APIError?
        do throws(APIError) {
            located = try request.locate(for: caller, vault)
        } catch {
            // Of what the vault does not tell nobody can say whether it is permitted.
            guard error.code != .internalServiceError else { throw error }
            badName = error
        }
        if let authorization, !O.asksForPermission {
            try authorization.require(request.permissions()) { () throws(APIError) in
                try request.resource(located, for: caller, vault)
            }
        }
        let violations = request.violations()
        guard violations.isEmpty else { throw .validation(violations) }
        if let badName { throw badName }
        try request.checkBeforeLookup()
        try request.admit(located, for: caller)
    }
}
