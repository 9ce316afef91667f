package import AWS
internal import Cryptography
internal import Dispatch
internal import Glibc
package import JSON
internal import PocketvaultServer
package import Storage
internal import Threads

/// A vault of a test's own: real SQLite and real encryption, with a clock in the test's hand.
///
/// It is in memory and goes when the test ends.
package final class ScratchVault: Sendable {
    package let vault: SQLiteVault
    package let clock = TestClock()
    private let service: Service
    private let tokens = Locked(0)

    package init(seed: UInt64 = 1, authorization: Authorization.Mode = .off) throws {
        vault = try SQLiteVault.open(
            VaultConfiguration(path: ":memory:", masterKey: .bytes(try KeyMaterial.random()))
        )
        let generator = Locked(SplitMix64(seed: seed))
        service = Service(
            vault: vault,
            now: { [clock] in clock.now },
            randomness: Randomness { generator.withLock { $0.next() } },
            rotationFunctions: RotationFunctions { ScratchVault.invocable.contains($0) },
            authorization: Authorization(authorization)
        )
    }

    /// A rotation function that can be invoked.
    package static let function = "arn:aws:lambda:us-east-1:000000000000:function:rotate"
    /// A role that rotates external secrets.
    package static let role = "arn:aws:iam::000000000000:role/rotate"
    private static let invocable: Set<String> = [function, role]

    deinit {
        vault.close()
    }

    /// Calls an operation as an SDK would: with a ClientRequestToken of its own where one is
    /// needed.
    @discardableResult
    package func call(
        _ action: Action,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) throws(APIError) -> JSONValue {
        var members = members
        let needsToken: Set<Action> = [
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
        _ action: Action,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) throws(APIError) -> JSONValue {
        try answer { reply in
            OperationTable.call(action, body(members), by: caller, service, then: reply)
        }
    }

    /// Calls an operation of KMS.
    @discardableResult
    package func kms(
        _ action: KMSAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) throws(APIError) -> JSONValue {
        try answer { reply in KMSTable.call(action, body(members), by: caller, service, reply) }
    }

    private func body(_ members: JSONValue) -> JSONObject {
        if case .object(let object) = members { object } else { JSONObject([]) }
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
        let written = Locked<Result<Answer, APIError>?>(nil)
        let done = DispatchSemaphore(value: 0)
        vault.write { vault in
            Result { () throws(APIError) in try body(vault) }
        } then: { result in
            written.withLock { $0 = try? result.get() }
            done.signal()
        }
        done.wait()
        guard let result = written.withLock({ $0 }) else { throw VaultFailure("no commit") }
        return try result.get()
    }

    /// The records of calls, oldest first, once there are at least `count`: those of reads may come
    /// a moment after their answers.
    package func auditRecords(atLeast count: Int) throws -> [AuditRecord] {
        var records: [AuditRecord] = []
        for _ in 0..<200 {
            records = try trail().filter { $0.principalARN != ServiceEvent.servicePrincipal }
            if records.count >= count { break }
            usleep(10_000)
        }
        return records
    }

    /// The records of what the service did on its own, oldest first.
    package func serviceEvents() throws -> [AuditRecord] {
        try trail().filter { $0.principalARN == ServiceEvent.servicePrincipal }
    }

    private func trail() throws -> [AuditRecord] {
        try vault.read { vault in
            Result { () throws(APIError) in
                try vault.auditEntries(before: nil, limit: 10_000).map(\.record)
            }
        }.get().reversed()
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

extension Caller {
    /// The root of an account, in a region.
    package static func root(
        account: String = "000000000000",
        region: String = "us-east-1"
    ) -> Caller {
        Caller(
            scope: Scope(account: account, region: region),
            principalARN: "arn:aws:iam::\(account):root",
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
