internal import Notation

/// In whose name one service asks another: a caller's, who needs permission, or its own.
package struct Requester {
    /// Nil for the service itself.
    let caller: Caller?
    /// Nil when nobody needs permission.
    let authorization: CallAuthorization?
    /// Nil where nobody hears what is refused.
    private let randomness: Randomness?
    /// Of the call whose record tells what is asked; nil where no record does.
    let dependents: DependentCalls?
    /// What that record is about, by its ARN.
    var subjectARN: String?

    init(
        caller: Caller? = nil,
        authorization: CallAuthorization? = nil,
        randomness: Randomness?,
        dependents: DependentCalls? = nil
    ) {
        self.caller = caller
        self.authorization = authorization
        self.randomness = randomness
        self.dependents = dependents
    }

    /// The same once it was looked whether it may: nobody's permission is asked for again, and the
    /// record tells of it all the same.
    var permitted: Requester { Requester(randomness: randomness, dependents: dependents) }

    /// A service that goes on with what was asked for before; nobody hears what it is refused.
    package static var service: Requester { Requester(randomness: nil) }

    /// The same where somebody reads what it is refused.
    package static func service(_ randomness: Randomness) -> Requester {
        Requester(randomness: randomness)
    }

    /// Whether it comes from another account than this one.
    func isForeign(to account: String) -> Bool {
        guard let caller else { return false }
        return caller.scope.account != account
    }

    /// The id of one request that it makes.
    func makeRequestID() -> String { randomness?.uuid() ?? Requester.noRequestID }

    private static let noRequestID = "00000000-0000-0000-0000-000000000000"
}

extension Call {
    /// The caller, as services ask each other for it.
    var requester: Requester {
        Requester(
            caller: caller,
            authorization: authorization,
            randomness: randomness,
            dependents: dependents
        )
    }
}
