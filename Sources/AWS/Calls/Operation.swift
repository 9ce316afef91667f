package import JSON
package import Notation

/// One operation of a service; a value of the type is a request for it.
///
/// Whether it reads or writes is a matter of type, because the two run in different lanes. What an
/// operation is about is its subject, which says what follows a change of it; how it is found,
/// admitted and authorised is said by the operation protocol of its service (SecretOperation,
/// KeyOperation, …).
package protocol Operation: Sendable {
    associatedtype Response: JSONWritable, Sendable
    associatedtype API: ServiceAction
    /// What a call is about, as the vault has it.
    associatedtype Subject: CallSubject = NoSubject

    static var action: API { get }

    /// Whether CloudTrail counts it as read-only.
    static var isReadOnly: Bool { get }

    /// Reads the members; a member of a wrong JSON type is a SerializationException.
    init(from members: inout Members) throws(APIError)

    /// What the call is about, as sent, for the log: a SecretId, or the name of something new.
    var subjectID: String? { get }

    /// What breaks the constraints of the API's model, all at once.
    func violations() -> [Violation]

    /// What the caller must be allowed, all of it: the operation's own action on its subject, and for
    /// some what else it does on the way. The one place that says it: the station of authorisation
    /// asks, and so do simulations and suggestions.
    func permissions() -> [Permission]

    /// What policies call the right to it, as in `secretsmanager:GetSecretValue`.
    static var permissionNames: [String] { get }

    /// Whether the operation asks for its permissions itself, because other faults of the request are
    /// told before.
    static var asksForPermission: Bool { get }

    /// What the session of a federated user is refused with, whatever policies say; nil where it is
    /// served.
    static var refusalOfFederatedUsers: APIError? { get }

    /// What it needs on the way besides, of things that only the subject tells: the use of a secret's
    /// KMS key. `perform` asks for it.
    func furtherNeeds(
        of subject: Subject?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> [FurtherNeed]

    /// As whom somebody calls it who signs nothing, by the members of the request and where that is
    /// when nobody says; nil for all operations that must be signed.
    static var unsignedCaller: (@Sendable (JSONObject, Scope) -> UnsignedCaller)? { get }

    /// Finds the subject; nil when it is not there.
    ///
    /// - Throws: what is wrong with the name of the subject, which is told after authorisation.
    func locate(
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> Subject?

    /// The subject as policies see it; one that is not there too, for whoever may not ask does not
    /// learn which it is.
    func resource(
        _ subject: Subject?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource

    /// The service's own checks that come before it looks whether the subject exists.
    func checkBeforeLookup() throws(APIError)

    /// Refuses a subject that is not there, or in a state in which the operation does not work.
    func admit(_ subject: Subject?, for caller: Caller) throws(APIError)

    /// What the log calls the subject; nil for the name as it was sent.
    static func name(of subject: Subject) -> String?

    /// What the audit trail says that the call was about.
    static func recordedResource(of subject: Subject) -> RecordedResource?

    /// The same of something that the operation made.
    static func recordedResource(in response: Response) -> RecordedResource?
}

/// A permission that an operation needs on the way, and for what.
package struct FurtherNeed: Sendable {
    let permission: Permission
    let resource: ProtectedResource
    /// Needs of which one will do in place of this.
    var alternatives: [FurtherNeed] = []
}

/// Something that a call was about, by its ARN, and whose it is.
package struct RecordedResource: Sendable, Equatable {
    let arn: String
    let scope: Scope
}

extension Operation {
    package static var permissionNames: [String] { [Permission.name(of: action)] }
    package static var asksForPermission: Bool { false }
    package static var refusalOfFederatedUsers: APIError? { nil }
    package static var unsignedCaller: (@Sendable (JSONObject, Scope) -> UnsignedCaller)? { nil }
    package var subjectID: String? { nil }
    package func violations() -> [Violation] { [] }
    package func permissions() -> [Permission] { [ownPermission] }
    package func furtherNeeds(
        of subject: Subject?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> [FurtherNeed] {
        []
    }
    package func locate(
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> Subject? {
        nil
    }
    package func resource(
        _ subject: Subject?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        ProtectedResource(nothingFor: caller)
    }
    package func checkBeforeLookup() throws(APIError) {}
    package func admit(_ subject: Subject?, for caller: Caller) throws(APIError) {}
    package static func name(of subject: Subject) -> String? { nil }
    package static func recordedResource(of subject: Subject) -> RecordedResource? { nil }
    package static func recordedResource(in response: Response) -> RecordedResource? { nil }

    /// The operation's own action on its subject.
    var ownPermission: Permission { Permission(Self.action) }
}

/// An operation that leaves the vault as it is; runs where the request arrived.
package protocol ReadOperation: Operation {
    func perform(
        _ call: Call<Subject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response

    /// Whether it may go through much of what there is; then no thread of a listener waits for it.
    var mayTakeLong: Bool { get }

    /// What has to be noted in the vault about what the answer gives out.
    static func notes(of response: Response, at time: Timestamp) -> [ReadNote]
}

/// That something was read, to be noted in the write lane.
package struct ReadNote: Sendable {
    /// Two notes of the same key say the same.
    package let key: String
    package let write: @Sendable (any VaultWriting) throws(APIError) -> Void
}

extension ReadOperation {
    package static var isReadOnly: Bool { true }
    package var mayTakeLong: Bool { false }
    package static func notes(of response: Response, at time: Timestamp) -> [ReadNote] { [] }
}

/// An operation that changes the vault; runs in the one write lane and is all or nothing.
package protocol WriteOperation: Operation {
    func perform(
        _ call: Call<Subject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response

    /// What the audit trail keeps of the answer, as JSON; nil for nothing, and for what the card of
    /// the service tells from the rest of the record.
    static func responseElements(of response: Response) -> String?
}

extension WriteOperation {
    package static var isReadOnly: Bool { false }
    package static func responseElements(of response: Response) -> String? { nil }
}

/// The answer of an operation that has none.
package struct EmptyResponse: Sendable, JSONWritable {
    package func write(to writer: inout JSONWriter) {}
}
