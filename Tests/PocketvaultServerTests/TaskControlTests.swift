import AWS
import HTTPServer
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

/// The tasks of a service of ECS: streams that are held open.
@Suite("Tasks of a service")
struct TaskControlTests {
    private let server: ScratchServer

    init() throws {
        server = try ScratchServer()
        try ecs("CreateCluster", #"{"clusterName":"c"}"#)
        try ecs(
            "RegisterTaskDefinition",
            #"{"family":"web","containerDefinitions":[{"name":"a","image":"a","memory":1}]}"#
        )
        try ecs(
            "CreateService",
            #"{"cluster":"c","serviceName":"s","taskDefinition":"web","desiredCount":1}"#
        )
    }

    @discardableResult
    private func ecs(_ operation: String, _ body: String) throws -> JSONValue {
        let answer = server.send(
            .post(
                body,
                [
                    (name: "Content-Type", value: "application/x-amz-json-1.1"),
                    (
                        name: "X-Amz-Target",
                        value: "AmazonEC2ContainerServiceV20141113.\(operation)"
                    ),
                ]
            )
        )
        try #require(answer.status == 200, "\(answer.text)")
        return answer.json
    }

    private func update(_ members: String) throws {
        try ecs("UpdateService", #"{"cluster":"c","service":"s",\#(members)}"#)
    }

    private func describe() throws -> JSONValue {
        let answer = try ecs("DescribeServices", #"{"cluster":"c","services":["s"]}"#)
        return answer["services"]?.elements?.first ?? .null
    }

    /// What the service says once it is as it should be, or after ten seconds.
    private func describe(until isEnough: (JSONValue) -> Bool) async throws -> JSONValue {
        for _ in 0..<1_000 {
            let service = try describe()
            if isEnough(service) { return service }
            try await Task.sleep(for: .milliseconds(10))
        }
        return try describe()
    }

    private func states(_ service: JSONValue) -> [String?] {
        service["deployments"]?.elements?.map { deployment in
            let status = deployment["status"]?.string ?? ""
            return "\(status) \(deployment["rolloutState"]?.string ?? "")"
        } ?? []
    }

    private func open(_ query: String = "cluster=c&service=s") throws -> ScratchListener {
        let answer = server.send(.get("/_pocketvault/stream", query: query))
        return ScratchListener(try #require(answer.stream, "\(answer.text)"))
    }

    private func post(_ body: String) -> HTTPResponse {
        server.send(.post(body, [ControlTests.json], path: "/_pocketvault/stream"))
    }

    /// The task says that it runs what it was told last.
    private func run(_ listener: ScratchListener) throws {
        let order = try #require(listener.events.last?.data)
        let task = order["task"]?.string ?? ""
        let deployment = order["deployment"]?.string ?? ""
        let body = #"{"task":"\#(task)","status":"RUNNING","deployment":"\#(deployment)"}"#
        let answer = post(body)
        #expect(answer.status == 200, "\(answer.text)")
    }

    @Test("a task is told at once what it should run, and counts while its stream is open")
    func first() async throws {
        var listener: ScratchListener? = try open()
        let event = try #require(listener?.wait(for: 1).first)
        #expect(event.name == "deployment")
        #expect(event.data["run"] == true)
        #expect(event.data["status"] == "ACTIVE")
        #expect(event.data["desiredCount"] == 1)
        #expect(event.data["task"]?.string?.count == 32)
        let service = try describe()
        #expect(service["runningCount"] == 1)
        #expect(event.data["deployment"] == service["deployments"]?.elements?.first?["id"])
        #expect(event.data["service"] == service["serviceArn"])
        #expect(event.data["taskDefinition"] == service["taskDefinition"])
        listener = nil
        #expect(try await describe { $0["runningCount"] == 0 }["runningCount"] == 0)
    }

    @Test("a deployment is complete when the task says that it runs it, and told in events")
    func completion() throws {
        let listener = try open()
        listener.wait(for: 1)
        #expect(states(try describe()) == ["PRIMARY IN_PROGRESS"])
        try run(listener)
        let service = try describe()
        #expect(states(service) == ["PRIMARY COMPLETED"])
        let task = listener.events.last?.data["task"]?.string ?? ""
        let id = service["deployments"]?.elements?.first?["id"]?.string ?? ""
        #expect(
            service["events"]?.elements?.map { $0["message"]?.string } == [
                "(service s) has reached a steady state.",
                "(service s) (deployment \(id)) deployment completed.",
                "(service s) has started 1 tasks: (task \(task)).",
            ]
        )
    }

    @Test("a forced deployment is told, and the old one stays until the task has left it")
    func forced() throws {
        let listener = try open()
        listener.wait(for: 1)
        try run(listener)
        try update(#""forceNewDeployment":true"#)
        #expect(states(try describe()) == ["PRIMARY IN_PROGRESS", "ACTIVE COMPLETED"])
        let events = listener.wait(for: 2)
        #expect(events[0].data["deployment"] != events[1].data["deployment"])
        #expect(events[1].data["run"] == true)
        try run(listener)
        #expect(states(try describe()) == ["PRIMARY COMPLETED"])
    }

    @Test("other calls are nothing to a task")
    func others() throws {
        let listener = try open()
        listener.wait(for: 1)
        _ = server.call("GetSecretValue", #"{"SecretId":"nothing"}"#)
        try update(#""healthCheckGracePeriodSeconds":5"#)
        try update(#""desiredCount":2"#)
        #expect(listener.wait(for: 2).last?.data["desiredCount"] == 2)
    }

    @Test("without desired tasks it is told to end, and may run again")
    func scaling() throws {
        let listener = try open()
        listener.wait(for: 1)
        try run(listener)
        try update(#""desiredCount":0"#)
        let last = try #require(listener.wait(for: 2).last?.data)
        #expect(last["run"] == false)
        #expect(last["status"] == "ACTIVE")
        let task = last["task"]?.string ?? ""
        #expect(post(#"{"task":"\#(task)","status":"STOPPED"}"#).status == 200)
        #expect(try describe()["runningCount"] == 0)
        try update(#""desiredCount":1"#)
        #expect(listener.wait(for: 3).last?.data["run"] == true)
    }

    @Test("more tasks than are desired wait, and run when one before them is gone")
    func surplus() throws {
        var first: ScratchListener? = try open()
        first?.wait(for: 1)
        let second = try open()
        #expect(second.wait(for: 1).last?.data["run"] == false)
        first = nil
        #expect(second.wait(for: 2).last?.data["run"] == true)
    }

    @Test("a deleted service drains until its tasks are gone, which are told")
    func deletion() async throws {
        var listener: ScratchListener? = try open()
        listener?.wait(for: 1)
        if let listener { try run(listener) }
        try ecs("DeleteService", #"{"cluster":"c","service":"s","force":true}"#)
        let last = listener?.wait(for: 2).last?.data
        #expect(last?["status"] == "DRAINING")
        #expect(last?["run"] == false)
        #expect(try describe()["status"] == "DRAINING")
        listener = nil
        #expect(try await describe { $0["status"] == "INACTIVE" }["status"] == "INACTIVE")
    }

    @Test("a reset ends the streams of services that are gone")
    func reset() throws {
        let listener = try open()
        listener.wait(for: 1)
        #expect(
            server.send(.post("{}", [ControlTests.json], path: "/_pocketvault/reset")).status == 200
        )
        #expect(listener.wait(for: 2).last?.data["status"] == "INACTIVE")
        #expect(listener.hasEnded)
    }

    @Test("a service is named by its ARN, or in another account and region by their fields")
    func names() throws {
        let arn = "arn:aws:ecs:us-east-1:000000000000:service/c/s"
        try #expect(open("service=\(arn)").wait(for: 1).count == 1)
        let query = "cluster=c&service=s&account=000000000000&region=us-east-1"
        try #expect(open(query).wait(for: 1).count == 1)
    }

    @Test(
        "a service that is not there has no stream",
        arguments: [
            ("cluster=c&service=nope", 404, "ServiceNotFound"),
            ("cluster=nope&service=s", 404, "ServiceNotFound"),
            ("service=s", 404, "ServiceNotFound"),
            ("cluster=c&service=s&region=eu-west-1", 404, "ServiceNotFound"),
            ("cluster=c&service=s&account=1", 400, "InvalidRequest"),
            ("cluster=c&service=s&region=a:b", 400, "InvalidRequest"),
            ("cluster=c", 400, "InvalidRequest"),
        ]
    )
    func missing(query: String, status: Int, code: String) {
        let answer = server.send(.get("/_pocketvault/stream", query: query))
        #expect(answer.status == status)
        #expect(answer.json["error"]?.string == code)
    }

    @Test(
        "what a task says must make sense, and be of a stream that is open",
        arguments: [
            (#"{"task":"nobody","status":"STOPPED"}"#, 404), (#"{"task":1}"#, 400),
            (#"{"task":"a","status":"RUNNING"}"#, 400), (#"{"task":"a","status":"IDLE"}"#, 400),
            (#"{"task":"a","status":"STOPPED","deployment":"d"}"#, 400),
            (#"{"task":"a","status":"STOPPED","more":1}"#, 400), ("[]", 400),
        ]
    )
    func refused(body: String, status: Int) {
        #expect(post(body).status == status)
    }
}
