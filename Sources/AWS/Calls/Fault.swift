internal import JSON
internal import Notation

/// What somebody asked to go wrong with a call.
///
/// An object, because every call hands one on from station to station, and nearly all have none.
package final class Fault: Sendable {
    /// The rule's, as the audit trail has it; nil for a quota, which is nobody's rule.
    package let id: String?
    /// For how long the call is held before anything is done.
    package let latencyMilliseconds: Int
    /// Nil for nothing but that.
    package let effect: Effect?

    package enum Effect: Sendable {
        /// It is refused, and nothing is done.
        case error(APIError)
        case connection(Connection)
        /// AWSCURRENT is read as it was, for so long after a change.
        case stale(seconds: Int64)
        /// Every replica is told as one that is being made still.
        case replicasInProgress
    }

    /// What becomes of the connection.
    package enum Connection: String, Sendable {
        /// Closed without an answer, and nothing is done.
        case resetBefore
        /// Closed without an answer, when all is done and on disk.
        case resetAfterCommit
        /// Closed in the middle of the answer.
        case truncate
    }

    package init(id: String?, latencyMilliseconds: Int = 0, effect: Effect?) {
        self.id = id
        self.latencyMilliseconds = latencyMilliseconds
        self.effect = effect
    }

    package var connection: Connection? {
        if case .connection(let connection)? = effect { connection } else { nil }
    }

    /// Why the call is not made.
    var refusal: APIError? {
        switch effect {
        case .error(let error): error
        case .connection(.resetBefore): .connectionReset
        default: nil
        }
    }
}

/// A call, as rules see it.
package struct FaultedCall: Sendable {
    /// As signatures name it.
    package let service: String
    package let operation: String
    /// The names and ARNs of secrets in the request, as they were sent.
    package let secretIDs: [String]
    package let caller: Caller

    package init(service: String, operation: String, secretIDs: [String], caller: Caller) {
        self.service = service
        self.operation = operation
        self.secretIDs = secretIDs
        self.caller = caller
    }

    /// The names of secrets in the members of a request: what exists, what is to be made, and lists.
    static func secretIDs(in body: JSONObject) -> [String] {
        [body.text("SecretId"), body.text("Name")].compactMap(\.self)
            + body.texts("SecretIdList")
    }

    /// The names that a secret may have which a request names so: a name, or an ARN with its suffix or
    /// without.
    package static func names(of secretID: String) -> [String] {
        guard let resource = ARN(secretID)?.resource, let mark = resource.firstIndex(of: ":") else {
            return [secretID]
        }
        let name = String(resource[resource.index(after: mark)...])
        return [name, String(name.dropLast(suffixLength))]
    }

    /// A hyphen and six characters.
    private static let suffixLength = 7
}

/// The station between who calls and the lanes: what somebody asked to go wrong goes wrong there.
package struct FaultStation: Sendable {
    private let isIdle: @Sendable () -> Bool
    private let judge: @Sendable (FaultedCall) -> Fault?
    private let wait: @Sendable (_ milliseconds: Int, @escaping @Sendable () -> Void) -> Void

    /// - Parameters:
    ///   - isIdle: whether there is nothing to ask; every call asks that, so it must be quick.
    ///   - judge: what happens to a call; nil for nothing.
    ///   - wait: has something done later, while no thread waits.
    package init(
        isIdle: @escaping @Sendable () -> Bool,
        judge: @escaping @Sendable (FaultedCall) -> Fault?,
        wait: @escaping @Sendable (_ milliseconds: Int, @escaping @Sendable () -> Void) -> Void
    ) {
        self.isIdle = isIdle
        self.judge = judge
        self.wait = wait
    }

    /// Nothing goes wrong.
    package static let none = FaultStation {
        true
    } judge: { _ in
        nil
    } wait: {
        $1()
    }

    func fault<O: Operation>(of _: O.Type, _ body: JSONObject, by caller: Caller) -> Fault? {
        guard !isIdle() else { return nil }
        return judge(
            FaultedCall(
                service: O.API.Card.signingName,
                operation: O.action.rawValue,
                secretIDs: FaultedCall.secretIDs(in: body),
                caller: caller
            )
        )
    }

    /// Goes on with a call once it was held for as long as its fault says.
    func hold(_ fault: Fault, then goOn: @escaping @Sendable () -> Void) {
        guard fault.latencyMilliseconds > 0 else { return goOn() }
        wait(fault.latencyMilliseconds, goOn)
    }
}
