package import Notation

/// One call while it is in its lane: when it is, who makes it, and what it is about.
package struct Call<Subject: Sendable> {
    package let caller: Caller
    /// Read once, so that every date of the call agrees.
    package let now: Timestamp
    /// What the request names; nil when that is not there, or the operation has no subject.
    package let located: Subject?
    /// The one that it came by.
    private let road: Road
    /// Nil when nobody needs permission.
    let authorization: CallAuthorization?
    /// Those that it made in the caller's name.
    let dependents: DependentCalls
    /// What somebody had go wrong with it.
    let fault: Fault?

    init(
        on road: Road,
        by caller: Caller,
        at now: Timestamp,
        about located: Subject?,
        _ authorization: CallAuthorization?,
        noting dependents: DependentCalls,
        _ fault: Fault?
    ) {
        self.road = road
        self.caller = caller
        self.now = now
        self.located = located
        self.authorization = authorization
        self.dependents = dependents
        self.fault = fault
    }

    /// For suffixes and passwords; keys and nonces come from elsewhere.
    package var randomness: Randomness { road.randomness }
    var functions: InvocableFunctions { road.functions }
    /// What runs elsewhere for services.
    var tasks: RunningTasks { road.tasks }
    var tokenSignatures: TokenSignatures { road.tokenSignatures }

    /// The same call, of another operation that is about something else.
    ///
    /// - Parameters:
    ///   - located: what that is about.
    ///   - dependents: takes the calls that it makes.
    /// - Returns: the call.
    func about<Other>(_ located: Other?, noting dependents: DependentCalls) -> Call<Other> {
        Call<Other>(
            on: road,
            by: caller,
            at: now,
            about: located,
            authorization,
            noting: dependents,
            fault
        )
    }
}
