package import Notation

/// One call while it is in its lane: when it is, who makes it, and what it is about.
package struct Call<Subject: Sendable> {
    package let caller: Caller
    /// Read once, so that every date of the call agrees.
    package let now: Timestamp
    /// What the request names; nil when that is not there, or the operation has no subject.
    package let located: Subject?
    /// For suffixes and passwords; keys and nonces come from elsewhere.
    package let randomness: Randomness
    let functions: InvocableFunctions
    /// What runs elsewhere for services.
    let tasks: RunningTasks
    let tokenSignatures: TokenSignatures
    /// Nil when nobody needs permission.
    let authorization: CallAuthorization?
    /// Those that it made in the caller's name.
    let dependents: DependentCalls
    /// What somebody had go wrong with it.
    let fault: Fault?

    /// The same call, of another operation that is about something else.
    ///
    /// - Parameters:
    ///   - located: what that is about.
    ///   - dependents: takes the calls that it makes.
    /// - Returns: the call.
    func about<Other>(_ located: Other?, noting dependents: DependentCalls) -> Call<Other> {
        Call<Other>(
            caller: caller,
            now: now,
            located: located,
            randomness: randomness,
            functions: functions,
            tasks: tasks,
            tokenSignatures: tokenSignatures,
            authorization: authorization,
            dependents: dependents,
            fault: fault
        )
    }
}
