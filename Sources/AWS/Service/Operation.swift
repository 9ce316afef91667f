package import JSON

/// The operations of one AWS service, by the names AWS gives them.
package protocol ServiceAction: Sendable, RawRepresentable<String> {
    /// As CloudTrail writes it, as in `secretsmanager.amazonaws.com`.
    static var eventSource: String { get }
    /// Whether CloudTrail counts it as read-only.
    var isReadOnly: Bool { get }
    /// Whether numbers and truth values come as text, as in the query protocol.
    static var membersAreText: Bool { get }
}

extension ServiceAction {
    package static var membersAreText: Bool { false }
}

/// One operation of a service; a value of the type is a request for it.
///
/// Whether it reads or writes is a matter of type, because the two run in different lanes.
package protocol Operation: Sendable {
    associatedtype Response: Sendable
    associatedtype API: ServiceAction

    static var action: API { get }

    /// States besides the ordinary one in which the operation works on a secret.
    static var admits: Admission { get }

    /// Reads the members; a member of a wrong JSON type is a SerializationException.
    init(from members: inout Members) throws(APIError)

    /// The SecretId of the one secret that it works on, as sent; nil when it works on none.
    var secretID: String? { get }

    /// What the call is about, as sent, for the log: the SecretId or the name of a new secret.
    var subject: String? { get }

    /// The ARN of a secret that the operation made.
    static func secretARN(in response: Response) -> SecretARN?

    /// What breaks the constraints of the API's model, all at once.
    func violations() -> [Violation]

    /// What the caller must be allowed, all of it: the operation's own action on the secret that it
    /// names, and for some what else it does on the way.
    func permissions() -> [Permission]

    /// The service's own checks that come before it looks whether the secret exists.
    func checkBeforeLookup() throws(APIError)
}

extension Operation {
    package static var admits: Admission { [] }
    package var secretID: String? { nil }
    package var subject: String? { secretID }
    package static func secretARN(in response: Response) -> SecretARN? { nil }
    package func violations() -> [Violation] { [] }
    package func permissions() -> [Permission] { [ownPermission] }
    package func checkBeforeLookup() throws(APIError) {}

    /// The operation's own action on the secret that it names.
    var ownPermission: Permission {
        Permission(Self.action, on: secretID.map { .secret($0) } ?? .nothing)
    }
}

/// An operation that leaves the vault as it is; runs where the request arrived.
package protocol ReadOperation: Operation {
    func perform(_ call: Call, _ vault: any VaultReading) throws(APIError) -> Response

    /// The versions whose values the answer holds, so that LastAccessedDate can be kept.
    static func accesses(in response: Response) -> [VersionAccess]

    /// The reads that the call made in the caller's name, each of which has a record of its own.
    static func dependentReads(in response: Response) -> [DependentRead]
}

/// A GetSecretValue that another operation made in the caller's name.
package struct DependentRead: Sendable {
    /// As the caller sent it, or the ARN of a secret that was found by a filter.
    let secretID: String
    let secretARN: SecretARN?
    let error: APIError?
    /// What policies have against it.
    let refusals: String?
}

extension ReadOperation {
    /// Reading what a service owns is nobody's harm.
    package static var admits: Admission { .serviceOwned }
    package static func accesses(in response: Response) -> [VersionAccess] { [] }
    package static func dependentReads(in response: Response) -> [DependentRead] { [] }
}

/// An operation that changes the vault; runs in the one write lane and is all or nothing.
package protocol WriteOperation: Operation {
    func perform(_ call: Call, _ vault: any VaultWriting) throws(APIError) -> Response
}

/// The states of a secret in which an operation works although most do not.
package struct Admission: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// Scheduled for deletion.
    package static let scheduled = Admission(rawValue: 1)
    /// Owned by another AWS service.
    package static let serviceOwned = Admission(rawValue: 2)
    /// Not there at all.
    package static let unknown = Admission(rawValue: 4)
    /// A replica; reading operations work there all the same.
    package static let replica = Admission(rawValue: 8)
}

/// The answer of an operation that has none.
package struct EmptyResponse: Sendable, JSONWritable {
    package func write(to writer: inout JSONWriter) {}
}
