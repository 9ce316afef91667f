/// The card of a service: all that the rest of the program knows of it.
package protocol Service: SendableMetatype {
    associatedtype Action: ServiceAction

    /// What signatures are scoped to, and what policies write before the colon: `secretsmanager`.
    static var signingName: String { get }

    /// As CloudTrail writes it, as in `secretsmanager.amazonaws.com`.
    static var eventSource: String { get }

    /// How its requests and answers are written.
    static var wire: WireProtocol { get }

    /// Those that are built, in the order of their names.
    ///
    /// To be stored: it takes the runtime of Swift a while to make them.
    static var operations: [ServiceOperation] { get }

    /// What policies can permit, operations that are not built too.
    static var permissionNames: [String] { get }

    /// Where the sentence of an error stands in an answer of JSON: the models of the services differ
    /// in one letter.
    static func messageMember(of code: APIError.Code) -> String

    /// The errors of the service's own, of each kind one: what can be asked to go wrong.
    static var faults: [APIError] { get }

    // MARK: What the readers of the trail ask about a record of the service

    /// An error's name as CloudTrail has it, which is the model's name of the exception.
    static func recordedErrorCode(_ code: String) -> String

    /// What the answer is told as: JSON, or nil.
    static func responseElements(of record: AuditRecord) -> String?

    /// What the call was about, by type and name.
    static func resources(of record: AuditRecord) -> [NamedResource]

    /// The calls to other services that the call made in the caller's name, in their order.
    static func madeCalls(
        of record: AuditRecord,
        _ vault: any VaultReading
    ) throws(APIError) -> [AuditRecord]
}

extension Service {
    package static var permissionNames: [String] { Action.allCases.map(\.rawValue) }
    package static func messageMember(of code: APIError.Code) -> String { code.messageMember }
    package static func recordedErrorCode(_ code: String) -> String { code }
    package static func responseElements(of record: AuditRecord) -> String? {
        record.responseElements
    }
    package static func resources(of record: AuditRecord) -> [NamedResource] { [] }
    package static func madeCalls(
        of record: AuditRecord,
        _ vault: any VaultReading
    ) throws(APIError) -> [AuditRecord] {
        []
    }
}

extension APIError.Code {
    /// As most services spell it, and the front end of all of them.
    package var messageMember: String { isOfService ? "Message" : "message" }

    /// As the models with a small letter spell it; what policies refuse has the capital one there too.
    var smallMessageMember: String { self == .accessDenied ? messageMember : "message" }
}

/// How AWS's services are spoken to.
package enum WireProtocol: Sendable, Equatable {
    /// JSON 1.1, the operation in `X-Amz-Target`.
    ///
    /// [AWS JSON 1.1](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html)
    case json(targetPrefix: String)
    /// A form came in, XML goes out.
    ///
    /// [AWS query](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html)
    case query(version: String, namespace: String)

    /// Whether numbers and truth values come as text.
    var membersAreText: Bool {
        if case .query = self { true } else { false }
    }
}

/// A service's card as a value, for those who look one up.
package struct ServiceCard: Sendable {
    package let signingName: String
    package let eventSource: String
    package let wire: WireProtocol
    private let service: any Service.Type
    /// In the order of their names.
    package var operations: [ServiceOperation] { service.operations }
    var permissionNames: [String] { service.permissionNames }
    /// What can be asked to go wrong with its calls.
    package var faults: [APIError] { service.faults + APIError.ofEveryService }
    package let messageMember: @Sendable (APIError.Code) -> String
    let recordedErrorCode: @Sendable (String) -> String
    let responseElements: @Sendable (AuditRecord) -> String?
    let resources: @Sendable (AuditRecord) -> [NamedResource]
    let madeCalls: @Sendable (AuditRecord, any VaultReading) throws(APIError) -> [AuditRecord]

    init<S: Service>(_ service: S.Type) {
        self.service = service
        signingName = S.signingName
        eventSource = S.eventSource
        wire = S.wire
        messageMember = S.messageMember
        recordedErrorCode = S.recordedErrorCode
        responseElements = S.responseElements
        resources = S.resources
        madeCalls = S.madeCalls
    }
}
