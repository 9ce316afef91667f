import AWS
import Dispatch
import Glibc
import JSON
import Notation
import Storage
import TestSupport
import Testing
import Threads

@testable import HTTPServer
@testable import PocketvaultServer

/// What somebody asks to go wrong, goes wrong, and nothing else does.
@Suite struct FaultControlTests {
    private let server: ScratchServer

    init() throws {
        server = try ScratchServer()
        try create("app/key")
    }

    private func create(_ name: String, in account: String = "000000000000") throws {
        let caller = Caller.root(account: account, region: "us-east-1")
        try server.scratch.call(
            .createSecret,
            ["Name": .string(name), "SecretString": "old"],
            by: caller
        )
    }

    private func post(_ rule: String) -> HTTPResponse {
        server.send(.post(rule, [ControlTests.json], path: FaultControl.path))
    }

    @discardableResult
    private func add(_ rule: String) throws -> String {
        let answer = post(rule)
        #expect(answer.status == 200, "\(answer.text)")
        return try #require(answer.json["id"]?.string)
    }

    private func get(
        _ name: String = "app/key",
        key: String = "000000000000",
        region: String = "us-east-1"
    ) -> HTTPResponse {
        server.call(
            "GetSecretValue",
            #"{"SecretId":"\#(name)"}"#,
            authorization: signed(key: key, region: region)
        )
    }

    private func hits() -> [Int64?] {
        let list = server.send(.get(FaultControl.path)).json["faults"]?.elements ?? []
        return list.map { $0["hits"]?.integer }
    }

    @Test func `An error comes as often as was asked for, as AWS writes it, and no more`() throws {
        let id = try add(
            #"{"operation":"GetSecretValue","secret":"app/*","error":"ThrottlingException","count":2}"#
        )
        for _ in 0..<2 {
            let answer = get()
            #expect(answer.status == 400)
            #expect(
                answer.text == #"{"__type":"ThrottlingException","message":"Rate exceeded"}"#
            )
        }
        #expect(get().status == 200)
        #expect(
            server.send(.get(FaultControl.path)).text
                == #"{"faults":[{"operation":"GetSecretValue","secret":"app/*","#
                + #""error":"ThrottlingException","count":2,"id":"\#(id)","hits":2}]}"#
        )
    }

    @Test(arguments: [
        ("ThrottlingException", 400), ("InternalServiceError", 500), ("DecryptionFailure", 400),
        ("ResourceNotFoundException", 400), ("AccessDeniedException", 400),
        ("ServiceUnavailable", 503), ("InvalidRequestException", 400),
    ])
    func `An error of AWS has its status, and the sentence that was asked for`(
        name: String,
        status: Int
    ) throws {
        try add(#"{"error":"\#(name)","message":"as you wished"}"#)
        let answer = get()
        #expect(answer.status == status)
        #expect(answer.json["__type"]?.string == name)
        #expect((answer.json["Message"] ?? answer.json["message"])?.string == "as you wished")
    }

    @Test(arguments: [
        (#""operation":"GetSecretValue""#, true), (#""operation":"PutSecretValue""#, false),
        (#""secret":"app/key""#, true), (#""secret":"*key""#, true), (#""secret":"app""#, false),
        (#""principal":"arn:aws:iam::000000000000:root""#, true),
        (#""principal":"*:user/*""#, false), (#""account":"000000000000""#, true),
        (#""account":"111111111111""#, false), (#""region":"us-east-1""#, true),
        (#""region":"eu-west-1""#, false), (#""service":"kms""#, false),
    ])
    func `A rule hits the calls that it names, and no others`(scene: String, hits: Bool) throws {
        try add(#"{\#(scene),"error":"InternalServiceError"}"#)
        #expect(get().status == (hits ? 500 : 200))
    }

    @Test func `A secret is named by its name, also where the request has its ARN`() throws {
        let arn = try #require(get().json["ARN"]?.string)
        try add(#"{"secret":"app/key","error":"InternalServiceError"}"#)
        #expect(get(arn).status == 500)
        #expect(get(String(arn.dropLast(7))).status == 500)
        let batch = server.call("BatchGetSecretValue", #"{"SecretIdList":["other","app/key"]}"#)
        #expect(batch.status == 500)
        #expect(server.call("ListSecrets", "{}").status == 200)
    }

    @Test func `The nth call is hit, and with a count those from there on`() throws {
        try add(#"{"error":"InternalServiceError","nth":3}"#)
        #expect((1...5).map { _ in get().status } == [200, 200, 500, 200, 200])
        clear()
        try add(#"{"error":"InternalServiceError","count":2,"nth":2}"#)
        #expect((1...5).map { _ in get().status } == [200, 500, 500, 200, 200])
    }

    @Test func `The first rule that fits hits, and the next when that one is used up`() throws {
        try add(#"{"error":"InternalServiceError","count":1}"#)
        try add(#"{"error":"ThrottlingException","count":1}"#)
        #expect((1...3).map { _ in get().status } == [500, 400, 200])
        #expect(hits() == [1, 1])
    }

    @Test func `A share of the calls is the same for the same seed`() throws {
        let rule = #"{"error":"InternalServiceError","probability":0.5,"seed":7}"#
        var runs: [[Int]] = []
        for _ in 0..<2 {
            clear()
            try add(rule)
            runs.append((1...40).map { _ in get().status })
        }
        #expect(runs[0] == runs[1])
        #expect((10...30).contains(runs[0].count { $0 == 500 }))
    }

    @Test func `A rule ends by the vault's clock`() throws {
        try add(#"{"error":"InternalServiceError","expiresInMilliseconds":60000}"#)
        #expect(get().status == 500)
        server.scratch.clock.advance(milliseconds: 60_000)
        #expect(get().status == 200)
    }

    @Test func `A call that is held holds nobody else, and comes when its time is over`() throws {
        try create("quick")
        try add(#"{"secret":"app/key","latencyMilliseconds":[2000,2100]}"#)
        let isDone = DispatchSemaphore(value: 0)
        let status = Locked(0)
        let request = HTTPRequest.post(
            #"{"SecretId":"app/key"}"#,
            [
                (name: "X-Amz-Target", value: "secretsmanager.GetSecretValue"),
                (name: "Content-Type", value: "application/x-amz-json-1.1"),
            ]
        )
        let start = DispatchTime.now().uptimeNanoseconds
        server.router.handle(request) { response in
            status.withLock { $0 = response.status }
            isDone.signal()
        }
        // The router came back, and the thread is free for others.
        #expect(status.withLock { $0 } == 0)
        #expect(get("quick").status == 200)
        try create("changed-meanwhile")
        #expect(status.withLock { $0 } == 0)
        isDone.wait()
        #expect(status.withLock { $0 } == 200)
        #expect(DispatchTime.now().uptimeNanoseconds - start >= 2_000_000_000)
    }

    private func put(_ value: String) -> HTTPResponse {
        server.call(
            "PutSecretValue",
            #"{"SecretId":"app/key","SecretString":"\#(value)","ClientRequestToken":"#
                + #""11111111-1111-4111-8111-111111111111"}"#
        )
    }

    private func isClosed(_ answer: HTTPResponse) -> Bool {
        if case .nothing? = answer.source { true } else { false }
    }

    @Test func `A connection is reset before the change, or after it is on disk`() throws {
        try add(#"{"operation":"PutSecretValue","connection":"resetBefore","count":1}"#)
        #expect(isClosed(put("new")))
        #expect(get().json["SecretString"]?.string == "old")
        clear()
        try add(#"{"operation":"PutSecretValue","connection":"resetAfterCommit","count":1}"#)
        #expect(isClosed(put("new")))
        #expect(get().json["SecretString"]?.string == "new")
        // The client sends it again, and the token says that it is the same.
        #expect(put("new").status == 200)
    }

    @Test func `Half an answer is half of its body, of which the whole length was told`() throws {
        let whole = get()
        try add(#"{"connection":"truncate"}"#)
        let half = get()
        #expect(half.status == 200)
        let stream = try #require(half.stream)
        #expect(stream.byteCount == whole.body.count)
        guard case .bytes(let bytes) = stream.next(), case .cut = stream.next() else {
            Issue.record("the answer is whole")
            return
        }
        #expect(bytes == Array(whole.body.prefix(whole.body.count / 2)))
    }

    @Test func `AWSCURRENT is stale for so long after a change, and the version's id is not`()
        throws
    {
        server.scratch.clock.advance(days: 1)
        #expect(put("new").status == 200)
        try add(#"{"staleForSeconds":5}"#)
        let stale = get().json
        #expect(stale["SecretString"]?.string == "old")
        #expect(stale["VersionStages"] == ["AWSCURRENT"])
        let byID = server.call(
            "GetSecretValue",
            #"{"SecretId":"app/key","VersionId":"11111111-1111-4111-8111-111111111111"}"#
        )
        #expect(byID.json["SecretString"]?.string == "new")
        server.scratch.clock.advance(milliseconds: 5_000)
        #expect(get().json["SecretString"]?.string == "new")
    }

    @Test func `A replica is told as in progress for as many looks as was asked for`() throws {
        try server.scratch.call(
            .replicateSecretToRegions,
            ["SecretId": "app/key", "AddReplicaRegions": [["Region": "eu-west-1"]]]
        )
        try add(#"{"replica":"inProgress","count":2}"#)
        let looks = (1...3).map { _ in
            server.call("DescribeSecret", #"{"SecretId":"app/key"}"#)
                .json["ReplicationStatus"]?[0]?["Status"]?.string
        }
        #expect(looks == ["InProgress", "InProgress", "InSync"])
    }

    @Test func `The trail has which rule hit, and is as whole as before`() throws {
        let id = try add(#"{"secret":"app/*","error":"DecryptionFailure","count":1}"#)
        _ = get()
        _ = get()
        try server.open.vault.writeAndWait { _ throws(APIError) in }
        let records =
            server.send(.get("/_pocketvault/audit", query: "event=GetSecretValue"))
            .json["records"]?.elements ?? []
        #expect(records.map { $0["fault"]?.string } == [id, nil])
        #expect(records.first?["record"]?["errorCode"]?.string == "DecryptionFailure")
        #expect(records.first?["secret"]?.string?.contains("secret:app/key-") == true)
        let verified = server.send(.get("/_pocketvault/audit/verify")).json
        #expect(verified["intact"] == .bool(true))
    }

    @Test func `Rules are forgotten one by one, all at once, and by a reset of the vault`() throws {
        let rule = #"{"error":"InternalServiceError"}"#
        let id = try add(rule)
        try add(rule)
        let one = HTTPRequest(method: "DELETE", path: "\(FaultControl.path)/\(id)")
        #expect(server.send(one).status == 200)
        #expect(server.send(one).status == 404)
        #expect(hits() == [0])
        clear()
        #expect(hits() == [])
        try add(rule)
        let reset = HTTPRequest.post("{}", [ControlTests.json], path: "/_pocketvault/reset")
        #expect(server.send(reset).status == 200)
        #expect(hits() == [])
        try add(rule)
        let ofOne = #"{"account":"111111111111"}"#
        let other = HTTPRequest.post(ofOne, [ControlTests.json], path: "/_pocketvault/reset")
        #expect(server.send(other).status == 200)
        #expect(hits() == [0])
    }

    private func clear() {
        _ = server.send(HTTPRequest(method: "DELETE", path: FaultControl.path))
    }

    @Test(arguments: [
        "[]", "{}", #"{"operation":"GetSecretValue"}"#, #"{"error":"NoSuchError"}"#,
        #"{"error":"ThrottlingException","colour":"red"}"#, #"{"error":1}"#,
        #"{"error":"ThrottlingException","count":0}"#, #"{"error":"ThrottlingException","nth":0}"#,
        #"{"error":"ThrottlingException","probability":2}"#, #"{"error":"","count":1}"#,
        #"{"error":"ThrottlingException","connection":"truncate"}"#, #"{"connection":"cut"}"#,
        #"{"latencyMilliseconds":0}"#, #"{"latencyMilliseconds":[5]}"#,
        #"{"latencyMilliseconds":[5,1]}"#, #"{"latencyMilliseconds":1000000}"#,
        #"{"operation":"GetParameter","error":"ThrottlingException"}"#,
        #"{"service":"s3","error":"ThrottlingException"}"#,
        #"{"account":"me","error":"ThrottlingException"}"#,
        #"{"operation":"PutSecretValue","staleForSeconds":5}"#, #"{"replica":"gone"}"#,
        #"{"rotationStep":"second"}"#, #"{"rotationStep":"setSecret","operation":"RotateSecret"}"#,
        #"{"latencyMilliseconds":5,"message":"m"}"#,
    ])
    func `A rule that makes no sense is refused, and there is none`(rule: String) throws {
        let answer = post(rule)
        #expect(answer.status == 400)
        #expect(answer.json["error"]?.string == "InvalidRequest")
        #expect(hits() == [])
        #expect(get().status == 200)
    }

    @Test func `No page of another origin can make a rule, and there is an end of them`() throws {
        let rule = #"{"error":"InternalServiceError","secret":"nothing"}"#
        #expect(server.send(.post(rule, [], path: FaultControl.path)).status == 415)
        for _ in 0..<FaultRules.limit { #expect(post(rule).status == 200) }
        let answer = post(rule)
        #expect(answer.status == 409)
        #expect(answer.json["error"]?.string == "TooManyFaults")
    }

    @Test func `Where signatures are verified, rules are for the root of the server's account`()
        throws
    {
        let server = try ScratchServer(
            signatures: .verify,
            root: "AKIAROOTROOTROOTROOT:root-secret-1"
        )
        let root = RequestSigner(
            accessKeyID: "AKIAROOTROOTROOTROOT",
            secretAccessKey: "root-secret-1",
            time: server.scratch.clock.now
        )
        for method in ["GET", "POST", "DELETE"] {
            let request = HTTPRequest(
                method: method,
                path: FaultControl.path,
                headers: HTTPHeaders(
                    [ControlTests.json, (name: "Host", value: "127.0.0.1:4566")]
                ),
                body: Array(#"{"error":"ThrottlingException"}"#.utf8)
            )
            #expect(server.send(request).status == 403)
            #expect(server.send(try root.sign(request)).status == 200)
        }
    }
}
