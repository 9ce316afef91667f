import AWS
import HTTPServer
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

/// Rotation functions that fail because somebody asked for it.
@Suite struct RotationFaultTests {
    private let server: ScratchServer

    init() throws {
        server = try ScratchServer(rotationFunctions: ["*:built-in=builtin:random-password"])
    }

    /// Moves the clock; gives what fired, as `event` or `event: error`.
    private func advance(_ span: String) -> [String] {
        let move = HTTPRequest.post(
            #"{"advance":"\#(span)"}"#,
            [ControlTests.json],
            path: "/_pocketvault/clock"
        )
        return (server.send(move).json["fired"]?.elements ?? []).map { fired in
            let error = fired["error"]?.string.map { ": \($0)" } ?? ""
            return (fired["event"]?.string ?? "") + error
        }
    }

    @Test(arguments: ["createSecret", "setSecret", "testSecret", "finishSecret"])
    func `A step fails, the trail says by which rule, and without it the rotation goes on`(
        step: String
    ) throws {
        for name in ["a", "b"] {
            try server.scratch.call(
                .createSecret,
                ["Name": .string(name), "SecretString": "one"]
            )
        }
        let rule = #"{"rotationStep":"\#(step)","secret":"a"}"#
        let made = server.send(.post(rule, [ControlTests.json], path: FaultControl.path))
        let id = try #require(made.json["id"]?.string)
        for name in ["a", "b"] {
            try server.scratch.call(
                .rotateSecret,
                [
                    "SecretId": .string(name),
                    "RotationLambdaARN":
                        "arn:aws:lambda:us-east-1:000000000000:function:built-in",
                ]
            )
        }
        let fired = advance("PT1M")
        #expect(fired.contains("RotationSucceeded"))
        #expect(fired.contains { $0.hasPrefix("RotationFailed") && $0.contains("\(step) step") })
        let records =
            server.send(.get("/_pocketvault/audit", query: "event=RotationFailed"))
            .json["records"]?.elements ?? []
        #expect(records.first?["fault"]?.string == id)
        let all = HTTPRequest(method: "DELETE", path: FaultControl.path)
        #expect(server.send(all).status == 200)
        #expect(advance("P2D").contains("RotationSucceeded"))
    }
}
