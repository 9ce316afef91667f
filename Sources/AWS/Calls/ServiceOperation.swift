package import JSON
package import Notation

/// An operation, whichever it is: what a name on the wire or in the audit trail stands for.
package struct ServiceOperation: Sendable {
    package typealias Run =
        @Sendable (
            _ body: JSONObject,
            _ caller: Caller,
            _ road: Road,
            _ reply: @escaping @Sendable (OperationResult) -> Void
        ) -> Void

    /// As AWS names it.
    package let name: String
    /// As policies name it, as in `secretsmanager:GetSecretValue`; ReEncrypt has two names.
    package let permissionNames: [String]
    /// Whether it runs in the read lane, and so changes nothing.
    package let isReading: Bool
    /// Whether CloudTrail counts it as read-only.
    package let isReadOnly: Bool
    /// Whether it is among those that are called most, none of which takes long.
    package let isCalledOften: Bool
    /// As whom somebody calls it who signs nothing; nil for what must be signed.
    package let unsignedCaller: (@Sendable (JSONObject, Scope) -> UnsignedCaller)?
    /// Runs it; the answer comes as bytes.
    package let run: Run
    /// What a request for it needs, and for what; made by the station of authorisation too.
    let needs: @Sendable (_ members: inout Members) throws(APIError) -> OperationNeeds

    /// All operations share the code of the road.
    ///
    /// A copy for each, which the compiler makes where it knows the type, would be a quarter of the
    /// program, and save a call 3 of 45 µs.
    @inline(never)
    init(_ type: any ReadOperation.Type) {
        self.init(type, isReading: true) { body, caller, road, reply in
            ServiceOperation.read(type, body, caller, road, reply)
        }
    }

    @inline(never)
    init(_ type: any WriteOperation.Type) {
        self.init(type, isReading: false) { body, caller, road, reply in
            ServiceOperation.write(type, body, caller, road, reply)
        }
    }

    /// For what is called most: the compiler makes a copy of the road for an operation that is named
    /// with its type.
    init<O: ReadOperation>(often type: O.Type) {
        self.init(type, isReading: true, isCalledOften: true) { body, caller, road, reply in
            ServiceOperation.read(O.self, body, caller, road, reply)
        }
    }

    private init(
        _ type: any Operation.Type,
        isReading: Bool,
        isCalledOften: Bool = false,
        run: @escaping Run
    ) {
        name = type.name
        permissionNames = type.permissionNames
        self.isReading = isReading
        self.isCalledOften = isCalledOften
        isReadOnly = type.isReadOnly
        unsignedCaller = type.unsignedCaller
        self.run = run
        needs = { members throws(APIError) in try ServiceOperation.needs(of: type, &members) }
    }

    private static func read<O: ReadOperation>(
        _: O.Type,
        _ body: JSONObject,
        _ caller: Caller,
        _ road: Road,
        _ reply: @escaping @Sendable (OperationResult) -> Void
    ) {
        road.call(O.self, body, by: caller) { reply(OperationResult($0)) }
    }

    private static func write<O: WriteOperation>(
        _: O.Type,
        _ body: JSONObject,
        _ caller: Caller,
        _ road: Road,
        _ reply: @escaping @Sendable (OperationResult) -> Void
    ) {
        road.call(O.self, body, by: caller) { reply(OperationResult($0)) }
    }

    private static func needs<O: Operation>(
        of _: O.Type,
        _ members: inout Members
    ) throws(APIError) -> OperationNeeds {
        OperationNeeds(try O(from: &members))
    }
}

extension Operation {
    fileprivate static var name: String { action.rawValue }
}

/// What a request needs permission for, asked of the operation itself.
struct OperationNeeds: Sendable {
    let permissions: [Permission]
    private let subject:
        @Sendable (_ caller: Caller, _ vault: any VaultReading) throws(APIError) -> Subject

    /// What the request is about.
    struct Subject: Sendable {
        /// As policies see it; one that is not there too.
        let resource: ProtectedResource
        /// Whether the request says what it is about, and nothing that no name could be.
        let isTold: Bool
        /// What is needed on the way.
        let further: [FurtherNeed]
    }

    init<O: Operation>(_ request: O) {
        permissions = request.permissions()
        subject = { caller, vault throws(APIError) in
            var isTold = request.subjectID != ""
            let located = try APIError.ofStoreOnly { () throws(APIError) in
                Optional(try request.locate(for: caller, vault))
            }
            if located == nil { isTold = false }
            let found = located ?? nil
            let resource = try request.resource(found, for: caller, vault)
            // Only what needs no subject is about everything.
            if resource.arn == "*", O.Subject.self != NoSubject.self { isTold = false }
            // What a request names wrongly is refused before it needs anything.
            let further = try APIError.ofStoreOnly { () throws(APIError) in
                try request.furtherNeeds(of: found, for: caller, vault)
            }
            return Subject(resource: resource, isTold: isTold, further: further ?? [])
        }
    }

    /// Looks in the vault for what the request is about.
    func subject(
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> Subject {
        try subject(caller, vault)
    }
}

/// What came of an operation, whichever it was: the bytes of its answer or its error.
package struct OperationResult: Sendable {
    /// The bytes are empty for an operation that answers nothing.
    package let result: Result<[UInt8], APIError>
    /// The name of what the call was about, or that name as it was sent.
    package let subject: String?
    /// What becomes of the connection, where somebody had that go wrong.
    package let connection: Fault.Connection?

    init<Response: JSONWritable>(_ outcome: Outcome<Response>) {
        subject = outcome.subject
        connection = outcome.fault?.connection
        switch outcome.result {
        case .success(let response):
            var writer = JSONWriter(capacity: 512)
            response.write(to: &writer)
            result = .success(writer.bytes)
        case .failure(let error): result = .failure(error)
        }
    }
}
