import HTTPServer
import Invocation
import JSON
import Logging
import Notation
import TestSupport
import Testing

@testable import AWS
@testable import PocketvaultServer
@testable import Storage

/// What the store does not tell is an error of its own, and never another answer.
@Suite("When the store fails")
struct StoreErrorTests {
    private static let function = "arn:aws:lambda:us-east-1:000000000000:function:f"
    private let token = "11111111-1111-4111-8111-111111111111"

    private func server(
        _ target: String = "builtin:random-password",
        policies: PolicyMode = .off
    ) throws -> ScratchServer {
        let server = try ScratchServer(rotationFunctions: ["*=\(target)"], policies: policies)
        let value =
            #"{\"engine\":\"postgres\",\"host\":\"h\",\"username\":\"u\",\"password\":\"quiet-heron\"}"#
        let answer = server.call(
            "CreateSecret",
            #"{"Name":"a","SecretString":"\#(value)","ClientRequestToken":"\#(token)"}"#
        )
        #expect(answer.status == 200)
        return server
    }

    private func rotate(on server: ScratchServer) {
        let answer = server.call(
            "RotateSecret",
            #"{"SecretId":"a","ClientRequestToken":"22222222-2222-4222-8222-222222222222","#
                + #""RotationLambdaARN":"\#(Self.function)"}"#
        )
        #expect(answer.status == 200)
    }

    @Test("a rotation function is not called, does not count as failed, and is called later")
    func rotation() throws {
        let server = try server()
        rotate(on: server)
        let runner = server.open.rotations
        // What is due is known by the first read, its function by the second.
        server.watched.loseRead(after: 1)
        #expect(throws: VaultFailure.self) { try runner.runNext(at: server.scratch.clock.now) }
        #expect(try server.scratch.serviceEvents().map(\.eventName) == ["RotationStarted"])
        var fired: [String] = []
        for _ in 0..<4 { fired += try runner.runNext(at: server.scratch.clock.now).map(\.event) }
        #expect(fired == ["RotationSucceeded"])
    }

    @Test("the versions of a database's secret are not taken for unusable ones")
    func databaseRotation() throws {
        let target = "builtin:postgresql-single-user"
        let server = try server(target)
        rotate(on: server)
        let runner = server.open.rotations
        // createSecret needs no database.
        #expect(try runner.runNext(at: server.scratch.clock.now).isEmpty)
        server.watched.loseRead(after: 2)
        #expect(throws: VaultFailure.self) { try runner.runNext(at: server.scratch.clock.now) }
        #expect(try server.scratch.serviceEvents().map(\.eventName) == ["RotationStarted"])
    }

    /// Renames a table, so that every statement about it fails.
    private func hide(_ table: String, of server: ScratchServer) throws {
        try server.scratch.write { vault throws(APIError) in
            let connection = (vault as? SQLiteTransaction)?.connection
            _ = try? connection?.execute("ALTER TABLE \(table) RENAME TO hidden")
        }
    }

    private func versions(
        _ users: PostgreSQLUsers,
        _ value: String,
        hiding table: String
    ) throws -> FunctionInvoker.Failure? {
        let server = try ScratchServer()
        let body = JSONValue.object(
            JSONObject([
                ("Name", .string("db")), ("SecretString", .string(value)),
                ("ClientRequestToken", .string(token)),
            ])
        )
        #expect(server.call("CreateSecret", body.jsonText()).status == 200)
        let secret = try server.scratch.vault.reading { vault throws(APIError) in
            try vault.secret(at: .name("db", .here))
        }
        let rotation = Rotation(
            versionID: token,
            token: "t",
            isTest: false,
            step: .setSecret,
            failures: 0,
            dueAt: nil
        )
        try hide(table, of: server)
        let found = try #require(secret)
        return try server.scratch.vault.read { vault in
            do throws(FunctionInvoker.Failure) {
                _ = try DatabaseVersions(of: found, rotation, for: users, in: vault)
                return nil
            } catch {
                return error
            }
        }
    }

    @Test(
        "a store that fails is no version that does not decrypt, and no secret that is not there",
        arguments: [(PostgreSQLUsers.single, "version"), (.alternating, "secret")]
    )
    func databaseVersions(_ users: PostgreSQLUsers, _ table: String) throws {
        let arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:other-AbCdEf"
        let value =
            #"{"engine":"postgres","host":"h","username":"u","password":"p","masterarn":"\#(arn)"}"#
        let failure = try versions(users, value, hiding: table)
        #expect(failure?.isOfVault == true, "\(failure?.reason ?? "no failure")")
        #expect(failure?.reason.contains("no such table") == true, "\(failure?.reason ?? "")")
    }

    @Test("a function that cannot be given credentials has not failed")
    func credentials() throws {
        let invoker = FunctionInvoker(
            timeoutMilliseconds: 1_000,
            credentials: FunctionCredentials { _ in throw VaultFailure("a test's own") },
            environment: [:]
        )
        let event = RotationEvent(
            secretARN: SecretARN(scope: .here, name: "a", suffix: "AbCdEf"),
            rotation: Rotation(
                versionID: "v",
                token: "t",
                isTest: false,
                step: .setSecret,
                failures: 0,
                dueAt: nil
            )
        )
        let failure = #expect(throws: FunctionInvoker.Failure.self) {
            try invoker.invoke("arn", at: .command("/bin/true"), event)
        }
        #expect(failure?.isOfVault == true)
    }

    @Test("nobody is told that nobody has an access key")
    func wayIn() throws {
        var configuration = Configuration()
        configuration.signatures = .verify
        let server = try server()
        let nobody = #expect(throws: StartError.self) {
            try WayIn.check(configuration, server.scratch.vault)
        }
        #expect(nobody?.description.contains("nobody has an access key") == true)
        server.watched.loseRead(after: 0)
        let lost = #expect(throws: StartError.self) {
            try WayIn.check(configuration, server.watched)
        }
        #expect(lost?.description == "the vault's access keys cannot be read: a test's own")
        try hide("iam_access_key", of: server)
        let hidden = #expect(throws: StartError.self) {
            try WayIn.check(configuration, server.scratch.vault)
        }
        #expect(hidden?.description.contains("no such table") == true)
        #expect(hidden?.description.contains("nobody") == false)
    }

    @Test("a call that policies may permit is not refused for a secret that cannot be looked up")
    func lookUp() throws {
        let server = try server(policies: .enforce)
        let key = try server.scratch.signer(of: server.scratch.user("u"), 1).accessKeyID
        try hide("secret", of: server)
        let answer = server.call(
            "DescribeSecret",
            #"{"SecretId":"a"}"#,
            authorization: signed(key: key)
        )
        #expect(answer.status == 500)
        #expect(answer.json["__type"] == "InternalServiceError")
    }

    @Test("a question about policies is answered with an error, and the log has the cause")
    func policies() throws {
        let server = try server()
        try hide("iam_principal", of: server)
        let answer = server.send(
            .post(
                #"{"principal":"arn:aws:iam::000000000000:user/u","action":"kms:Decrypt"}"#,
                [ControlTests.json],
                path: "/_pocketvault/policy/simulate"
            )
        )
        #expect(answer.status == 500)
        #expect(server.logText.contains("no such table"))
    }

    @Test("a change without a place for its record fails, and the record counts as lost")
    func record() throws {
        let server = try server()
        try hide("audit_block", of: server)
        let answer = server.call("DeleteSecret", #"{"SecretId":"a"}"#)
        #expect(answer.status == 500)
        // Its commit takes what is queued with it.
        _ = try? server.scratch.write { _ throws(APIError) in }
        #expect(server.scratch.vault.droppedAuditRecords > 0)
    }

    private struct Garbage: JSONWritable {
        func write(to writer: inout JSONWriter) { writer.beginObject() }
    }

    @Test("an answer that is no JSON does not become an empty one in XML")
    func queryAnswer() {
        let outcome = Outcome(
            result: Result<Garbage, APIError>.success(Garbage()),
            time: Timestamp(milliseconds: 0),
            subject: nil
        )
        let answer = QueryXML.answer(
            OperationResult(outcome),
            of: AWSOperation(
                card: ServiceCard(STS.self),
                operation: STSAction.getCallerIdentity.operation
            ),
            requestID: "id"
        )
        #expect(answer.response.status == 500)
        #expect(answer.errorCode != nil)
        #expect(answer.cause?.hasPrefix("its answer is no JSON: ") == true)
    }
}
