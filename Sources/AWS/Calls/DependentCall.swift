internal import JSON

/// A call that another one made in the caller's name, and that has a record of its own.
package struct DependentCall: Sendable {
    /// As the trail names its service, as in `secretsmanager.amazonaws.com`.
    let eventSource: String
    /// As the trail names it, as in `GetSecretValue`.
    let eventName: String
    /// Its members, for the record.
    let members: Members
    let resource: RecordedResource?
    let error: APIError?
    /// What policies have against it.
    let refusals: String?
    /// The service that made it.
    let invokedBy: String
    /// The id of its request: that of the call that it was made for, and what it was about as sent.
    let requestID: String
    /// The calls to other services that it made in its turn.
    let madeCalls: String?
    /// What has to be noted about what it gave out.
    let notes: [ReadNote]
}

/// The calls that one call has made in the caller's name so far.
final class DependentCalls {
    private(set) var all: [DependentCall] = []
    /// Those to other services, which get no records of their own.
    private var madeCalls: JSONWriter?

    func append(_ call: DependentCall) {
        all.append(call)
    }

    /// Notes a call to another service.
    ///
    /// - Parameter write: writes it as one JSON value, which only the service that made it reads.
    func note(_ write: (inout JSONWriter) -> Void) {
        var writer: JSONWriter
        if let begun = madeCalls.take() {
            writer = begun
        } else {
            writer = JSONWriter(capacity: 128)
            writer.beginArray()
        }
        write(&writer)
        madeCalls = writer
    }

    /// Takes the calls to other services out, as a record keeps them; nil without any.
    func takeMadeCalls() -> String? {
        guard var writer = madeCalls.take() else { return nil }
        writer.endArray()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension ReadOperation {
    /// Calls another operation in the caller's name, by way of that operation's own stations.
    ///
    /// What it gave out counts as given out, whatever becomes of the call that it was made for.
    ///
    /// - Parameters:
    ///   - operation: of this service or of another.
    ///   - members: of the request.
    ///   - call: the one that it is made for.
    ///   - vault: the vault.
    /// - Returns: its answer, or what it was refused with.
    func answer<O: ReadOperation>(
        of operation: O.Type,
        _ members: [(name: String, value: JSONValue)],
        for call: Call<Subject>,
        _ vault: any VaultReading
    ) -> Result<O.Response, APIError> {
        var members = Members(JSONObject(members))
        var located: O.Subject?
        var name: String?
        let dependents = DependentCalls()
        func answer() -> Result<O.Response, APIError> {
            do throws(APIError) {
                let request = try O(from: &members)
                name = request.subjectID
                try Road.admit(request, call.caller, vault, call.authorization, &located)
                let part = call.about(located, noting: dependents)
                return .success(try request.perform(part, vault))
            } catch {
                return .failure(error)
            }
        }
        let (result, refusals) = call.authorization?.notingApart(answer) ?? (answer(), nil)
        var failure: APIError?
        var notes: [ReadNote] = []
        switch result {
        case .success(let response): notes = O.notes(of: response, at: call.now)
        case .failure(let error): failure = error
        }
        call.dependents.append(
            DependentCall(
                eventSource: O.API.Card.eventSource,
                eventName: O.action.rawValue,
                members: members,
                resource: located.flatMap(O.recordedResource(of:)),
                error: failure,
                refusals: refusals,
                invokedBy: API.Card.eventSource,
                requestID: "\(call.caller.requestID):\(name ?? "")",
                madeCalls: dependents.takeMadeCalls(),
                notes: notes
            )
        )
        return result
    }
}
