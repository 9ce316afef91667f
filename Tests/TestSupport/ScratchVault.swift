package import AWS
internal import Dispatch
internal import Glibc
package import JSON
internal import Notation
package import PocketvaultServer
package import Storage
internal import Threads

/// A vault of a test's own: real SQLite and real encryption, opened as the binary opens its own, with
/// a clock in the test's hand.
///
/// It is in memory and goes when the test ends.
package final class ScratchVault: Sendable {
    package let vault: SQLiteVault
    package let clock: TestClock
    private let road: Road
    private let tokens = Locked(0)

    /// Around a vault that was opened on the machine of a clock.
    package init(_ open: OpenVault, _ clock: TestClock) {
        vault = open.store
        road = open.road
        self.clock = clock
    }

    package convenience init(seed: UInt64 = 1, authorization: Authorization.Mode = .off) throws {
        let clock = TestClock()
        var configuration = Configuration()
        configuration.database = ":memory:"
        configuration.policies =
            switch authorization {
            case .off: .off
            case .report: .report
            case .enforce: .enforce
            }
        configuration.rotationFunctions = try ScratchVault.invocable.map { arn in
            try RotationFunction(parsing: "\(arn)=builtin:random-password")
        }
        let log = ServerLog(
            to: LogSink { _ in },
            format: configuration.logFormat,
            level: configuration.logLevel
        )
        let machine = Machine.scratch(clock, seed: seed)
        self.init(try OpenVault.open(configuration, on: machine, log: log), clock)
    }

    /// A rotation function that can be invoked.
    package static let function = "arn:aws:lambda:us-east-1:000000000000:function:rotate"
    /// A role that rotates external secrets.
    package static let role = "arn:aws:iam::000000000000:role/rotate"
    private static let invocable = [function, role]

    deinit {
        vault.close()
    }

    /// Calls an operation as an SDK would: with a ClientRequestToken of its own where one is
    /// needed.
    @discardableResult
    package func call(
        _ action: SecretsManagerAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) throws(APIError) -> JSONValue {
        var members = members
        let needsToken: Set<SecretsManagerAction> = [
            .createSecret, .putSecretValue, .rotateSecret, .updateSecret,
        ]
        if needsToken.contains(action), members["ClientRequestToken"] == nil {
            members.set("ClientRequestToken", .string(nextToken()))
        }
        return try callRaw(action, members, by: caller)
    }

    /// Calls an operation with just the members that are given.
    @discardableResult
    package func callRaw(
        _ action: SecretsManagerAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) throws(APIError) -> JSONValue {
        try perform(action, members, by: caller)
    }

    /// Calls an operation of KMS.
    @discardableResult
    package func kms(
        _ action: KMSAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) throws(APIError) -> JSONValue {
        try perform(action, members, by: caller)
    }

    /// Calls an operation of IAM, with every number and truth value as text.
    @discardableResult
    package func iam(
        _ action: IAMAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) throws(APIError) -> JSONValue {
        try perform(action, members, by: caller)
    }

    /// Calls an operation of STS, with every number and truth value as text.
    @discardableResult
    package func sts(
        _ action: STSAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) throws(APIError) -> JSONValue {
        try perform(action, members, by: caller)
    }

    /// Calls an operation of CloudTrail.
    @discardableResult
    package func cloudTrail(
        _ action: CloudTrailAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) throws(APIError) -> JSONValue {
        try perform(action, members, by: caller)
    }

    /// Calls an operation of Systems Manager.
    @discardableResult
    package func ssm(
        _ action: SSMAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) throws(APIError) -> JSONValue {
        try perform(action, members, by: caller)
    }

    /// Calls an operation of any service, with just the members that are given.
    @discardableResult
    package func perform(
        _ action: some ServiceAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) throws(APIError) -> JSONValue {
        let body = if case .object(let object) = members { object } else { JSONObject([]) }
        return try answer { reply in action.operation.run(body, caller, road, reply) }
    }

    private func answer(
        _ call: (@escaping @Sendable (OperationResult) -> Void) -> Void
    ) throws(APIError) -> JSONValue {
        let answer = Locked<Result<[UInt8], APIError>?>(nil)
        let done = DispatchSemaphore(value: 0)
        call { result in
            answer.withLock { $0 = result.result }
            done.signal()
        }
        done.wait()
        let bytes = try answer.withLock { $0 }?.get() ?? []
        guard !bytes.isEmpty else { return [:] }
        return (try? JSONParser.parse(bytes)) ?? .null
    }

    /// Changes the vault past the operations, for what no operation makes yet.
    @discardableResult
    package func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any VaultWriting) throws(APIError) -> Answer
    ) throws -> Answer {
        try vault.writeAndWait(body)
    }

    /// The records of calls, oldest first; those of reads come with the next change, and here is one
    /// that changes nothing.
    package func auditRecords() throws -> [AuditRecord] {
        try write { _ in }
        return try trail().filter { $0.principalARN != ServiceEvent.servicePrincipal }
    }

    /// The records of what the service did on its own, oldest first.
    package func serviceEvents() throws -> [AuditRecord] {
        try ownRecords().filter { $0.eventName != ServiceEvent.Name.secretLabelUpdated.rawValue }
    }

    /// The records of labels that moved, which only EventBridge has, oldest first.
    package func labelEvents() throws -> [AuditRecord] {
        try ownRecords().filter { $0.eventName == ServiceEvent.Name.secretLabelUpdated.rawValue }
    }

    private func ownRecords() throws -> [AuditRecord] {
        try trail().filter { $0.principalARN == ServiceEvent.servicePrincipal }
    }

    private func trail() throws -> [AuditRecord] {
        try vault.reading { vault throws(APIError) in
            try vault.auditEntries(before: nil, limit: 10_000).map(\.record)
        }.reversed()
    }

    /// A token that no call has used: `token-` and 26 digits.
    package func nextToken() -> String {
        let number = tokens.withLock { number in
            number += 1
            return number
        }
        let digits = String(number)
        return "token-" + String(repeating: "0", count: 26 - digits.count) + digits
    }
}

extension Machine {
    /// A machine whose time a test moves, and whose chance is the same in every run.
    package static func scratch(_ clock: TestClock, seed: UInt64) -> Machine {
        let generator = Locked(SplitMix64(seed: seed))
        var machine = Machine()
        machine.now = { clock.now }
        machine.randomness = Randomness { generator.withLock { $0.next() } }
        machine.environment = [:]
        return machine
    }
}

extension Caller {
    /// The root of an account, in a region.
    package static func root(
        account: String = "000000000000",
        region: String = "us-east-1"
    ) -> Caller {
        Caller(
            scope: Scope(account: account, region: region),
            principal: .root(of: Scope(account: account, region: region)),
            accessKeyID: "test",
            requestID: "00000000-0000-4000-8000-000000000000",
            sourceAddress: "127.0.0.1",
            userAgent: "tests"
        )
    }
}

extension JSONValue {
    /// Sets a member of an object, in place or at the end.
    package mutating func set(_ name: String, _ value: JSONValue) {
        guard case .object(let object) = self else { return }
        self = .object(JSONObject(object.members.filter { $0.name != name } + [(name, value)]))
    }
}
