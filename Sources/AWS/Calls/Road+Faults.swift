extension Road {
    /// Refuses a call as its fault says; the trail has what it was about all the same.
    func refuse<O: Operation>(
        _ request: O,
        _ members: Members,
        _ caller: Caller,
        _ refusal: APIError,
        by fault: Fault,
        _ reply: @Sendable (Outcome<O.Response>) -> Void
    ) {
        // What cannot be found is no news here.
        let located = try? vault.reading { vault throws(APIError) in
            try request.locate(for: caller, vault)
        }
        let outcome = Outcome<O.Response>(
            result: .failure(refusal),
            time: now(),
            subject: located.flatMap(O.name) ?? request.subjectID,
            resource: located.flatMap(O.recordedResource(of:)),
            fault: fault
        )
        vault.append(record(of: O.self, outcome, caller, members), sharedWith: outcome.resource)
        reply(outcome)
    }
}
