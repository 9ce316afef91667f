package import Notation

/// What came of a call: the answer or the error, and what the log says about it.
///
/// An object, because it is large and goes from station to station.
package final class Outcome<Response: Sendable>: Sendable {
    package let result: Result<Response, APIError>
    /// When the call was in its lane.
    package let time: Timestamp
    /// The subject's name, or that name as sent when nothing was found under it.
    package let subject: String?
    /// What the audit trail says that it was about.
    let resource: RecordedResource?
    /// What policies have against the call, for the audit trail.
    let refusals: String?
    /// The calls that this one made in the caller's name, each of which has a record of its own.
    let dependents: [DependentCall]
    /// Those to other services, which have none.
    let madeCalls: String?
    /// What somebody had go wrong with it.
    let fault: Fault?

    init(
        result: Result<Response, APIError>,
        time: Timestamp,
        subject: String?,
        resource: RecordedResource? = nil,
        refusals: String? = nil,
        dependents: [DependentCall] = [],
        madeCalls: String? = nil,
        fault: Fault? = nil
    ) {
        self.result = result
        self.time = time
        self.subject = subject
        self.resource = resource
        self.refusals = refusals
        self.dependents = dependents
        self.madeCalls = madeCalls
        self.fault = fault
    }

    convenience init(failure: VaultFailure, at time: Timestamp, subject: String?) {
        self.init(result: .failure(APIError(failure)), time: time, subject: subject)
    }

    var response: Response? {
        if case .success(let response) = result { response } else { nil }
    }

    package var error: APIError? {
        if case .failure(let error) = result { error } else { nil }
    }
}
