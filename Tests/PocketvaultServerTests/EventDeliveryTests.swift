import AWS
import Dispatch
import HTTPServer
import JSON
import Logging
import Notation
import Storage
import TestSupport
import Testing
import Threads

@testable import PocketvaultServer

@Suite("Delivering events")
struct EventDeliveryTests {
    /// Takes events over HTTP and refuses the first few.
    private final class Receiver: Sendable {
        let events = Locked<[JSONValue]>([])
        private let listener: Listener

        init(refusing count: Int = 0) throws {
            let events = events
            let refusals = Locked(count)
            listener = try Listener(HTTPConfiguration()) { request, exchange in
                let isRefused = refusals.withLock { left in
                    left -= 1
                    return left >= 0
                }
                if !isRefused {
                    let event = (try? JSONParser.parse(request.body)) ?? .null
                    events.withLock { $0.append(event) }
                }
                exchange.answer(HTTPResponse(status: isRefused ? 503 : 204))
            }
        }

        deinit { listener.stop(graceMilliseconds: 0) }

        var url: String { "http://127.0.0.1:\(listener.port)/events" }

        var names: [String] {
            events.withLock { $0.compactMap { $0["detail"]?["eventName"]?.string } }
        }

        /// The names, once there are so many, or after ten seconds.
        func names(atLeast count: Int) async throws -> [String] {
            for _ in 0..<1_000 where names.count < count {
                try await Task.sleep(for: .milliseconds(10))
            }
            return names
        }
    }

    private let server: ScratchServer

    init() throws {
        server = try ScratchServer()
    }

    private func create(_ name: String) {
        let token = "11111111-1111-4111-8111-111111111111"
        _ = server.call(
            "CreateSecret",
            #"{"Name":"\#(name)","SecretString":"calm-otter","ClientRequestToken":"\#(token)"}"#
        )
    }

    private func delivery(to url: String, refusals: Int = 10) -> EventDelivery {
        let pause = EventDelivery.Pause(betweenLooks: 10, afterFailure: 5, refusals: refusals)
        return EventDelivery(
            to: url,
            vault: server.scratch.vault,
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
            pause: pause
        )
    }

    /// Runs `body` while events are delivered, which begins with what happens from then on.
    private func delivering(
        to url: String,
        refusals: Int = 10,
        _ body: () async throws -> Void
    ) async throws {
        let delivery = delivery(to: url, refusals: refusals)
        delivery.start()
        // What is called at once is delivered: nobody waits for the first look.
        try await body()
        delivery.stop()
    }

    @Test("changes and service events go out in EventBridge's form, in order; reads do not")
    func form() async throws {
        let receiver = try Receiver()
        try await delivering(to: receiver.url) {
            create("a")
            _ = server.call("GetSecretValue", #"{"SecretId":"a"}"#)
            _ = server.call("DeleteSecret", #"{"SecretId":"a"}"#)
            let names = try await receiver.names(atLeast: 3)
            #expect(names == ["CreateSecret", "StartSecretVersionDelete", "DeleteSecret"])
        }
        let events = receiver.events.withLock { $0 }
        let first = try #require(events.first)
        #expect(first["version"] == "0")
        #expect(first["source"] == "aws.secretsmanager")
        #expect(first["detail-type"] == "AWS API Call via CloudTrail")
        #expect(first["account"] == "000000000000")
        #expect(first["region"] == "us-east-1")
        #expect(first["resources"] == [])
        #expect(first["detail"]?["requestParameters"]?["name"] == "a")
        #expect(events[1]["detail-type"] == "AWS Service Event via CloudTrail")
        #expect(!events.contains { $0.jsonText().contains("calm-otter") })
    }

    @Test("what is refused is sent again, and nothing overtakes it")
    func retries() async throws {
        let receiver = try Receiver(refusing: 3)
        try await delivering(to: receiver.url) {
            create("a")
            create("b")
            let names = try await receiver.names(atLeast: 2)
            #expect(names.count == 2)
        }
        let secrets = receiver.events.withLock { events in
            events.map { $0["detail"]?["requestParameters"]?["name"]?.string }
        }
        #expect(secrets == ["a", "b"])
    }

    @Test("what nobody takes is given up after so many attempts")
    func givingUp() async throws {
        let receiver = try Receiver(refusing: 2)
        try await delivering(to: receiver.url, refusals: 2) {
            create("a")
            create("b")
            _ = try await receiver.names(atLeast: 1)
        }
        let event = receiver.events.withLock { $0.first }
        #expect(event?["detail"]?["requestParameters"]?["name"] == "b")
    }

    @Test("somebody out of reach is waited for, and not for ever")
    func outage() async throws {
        let pause = EventDelivery.Pause(betweenLooks: 10, afterFailure: 5, refusals: 1, outage: 40)
        let delivery = EventDelivery(
            to: "http://127.0.0.1:9/events",
            vault: server.scratch.vault,
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
            pause: pause
        )
        delivery.start()
        create("a")
        let last = try await lastDelivered()
        delivery.stop()
        #expect(last == 1)
    }

    /// The number of the event that was delivered or given up last; nil when there is none after ten
    /// seconds.
    private func lastDelivered() async throws -> Int64? {
        for _ in 0..<1_000 {
            let last = try server.scratch.vault.reading { vault throws(APIError) in
                try vault.deliveredEvent()
            }
            if let last { return last }
            try await Task.sleep(for: .milliseconds(10))
        }
        return nil
    }

    @Test("what happened while it was stopped goes out at the next start, once")
    func restart() async throws {
        let receiver = try Receiver()
        try await delivering(to: receiver.url) {
            create("a")
            _ = try await receiver.names(atLeast: 1)
            // It is noted after the page was delivered.
            #expect(try await lastDelivered() == 1)
        }
        create("b")
        try await delivering(to: receiver.url) {
            let names = try await receiver.names(atLeast: 2)
            #expect(names.count == 2)
        }
    }

    @Test("more than a page of events that come at once all go out")
    func manyAtOnce() async throws {
        let receiver = try Receiver()
        let count = 230
        try await delivering(to: receiver.url) {
            for number in 0..<count { create("s\(number)") }
            let names = try await receiver.names(atLeast: count)
            #expect(names.count == count)
        }
    }

    @Test("where nothing happens the trail is not looked at")
    func rest() async throws {
        let vault = WatchedVault(server.scratch.vault)
        let receiver = try Receiver()
        let delivery = EventDelivery(
            to: receiver.url,
            vault: vault,
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
            pause: EventDelivery.Pause(betweenLooks: 1)
        )
        delivery.start()
        // One read for the place to begin, one for what is new there.
        while vault.reads < 2 { try await Task.sleep(for: .milliseconds(1)) }
        create("a")
        let names = try await receiver.names(atLeast: 1)
        #expect(names == ["CreateSecret"])
        // What follows of the event itself is over.
        var reads = 0
        for _ in 0..<20 where reads != vault.reads {
            reads = vault.reads
            try await Task.sleep(for: .seconds(1))
        }
        try await Task.sleep(for: .seconds(1))
        #expect(vault.reads == reads)
        delivery.stop()
    }

    @Test("a trail that cannot be read at the start is read later")
    func lostBeginning() async throws {
        let vault = WatchedVault(server.scratch.vault)
        vault.loseRead(after: 0)
        let receiver = try Receiver()
        let delivery = EventDelivery(
            to: receiver.url,
            vault: vault,
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
            pause: EventDelivery.Pause(betweenLooks: 1)
        )
        delivery.start()
        while vault.reads < 3 { try await Task.sleep(for: .milliseconds(1)) }
        create("a")
        let names = try await receiver.names(atLeast: 1)
        #expect(names == ["CreateSecret"])
        delivery.stop()
    }
}
