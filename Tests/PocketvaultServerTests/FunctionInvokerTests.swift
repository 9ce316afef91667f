import AWS
import Foundation
import Notation
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("What a command for rotation is given")
struct FunctionInvokerTests {
    private func event(_ scope: Scope) -> RotationEvent {
        RotationEvent(
            secretARN: SecretARN(scope: scope, name: "a", suffix: "AbCdEf"),
            rotation: Rotation(
                versionID: "v",
                token: "t",
                isTest: false,
                step: .setSecret,
                failures: 0,
                dueAt: nil
            )
        )
    }

    /// A file that was just written cannot be run while another test's new process still has it
    /// open, which is for a moment.
    private func invokeOnceItIsFree(
        _ invoker: FunctionInvoker,
        _ command: String,
        _ event: RotationEvent
    ) throws {
        for _ in 0..<200 {
            do throws(FunctionInvoker.Failure) {
                return try invoker.invoke("arn", at: .command(command), event)
            } catch {
                guard error.reason.hasSuffix("Text file busy") else { throw error }
                usleep(10_000)
            }
        }
    }

    @Test("the endpoint, region and credentials, and nothing of the server's own settings")
    func environment() throws {
        let folder = NSTemporaryDirectory() + "pocketvault-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let command = folder + "/command"
        try Data("#!/bin/sh\ncat > \(folder)/event; env > \(folder)/env\n".utf8)
            .write(to: URL(fileURLWithPath: command))
        chmod(command, 0o700)
        let invoker = FunctionInvoker(
            timeoutMilliseconds: 20_000,
            environment: [
                "PATH": "/usr/bin:/bin", "LANG": "C", "POCKETVAULT_MASTER_KEY": "quiet-heron",
                "POCKETVAULT_PASSPHRASE": "quiet-heron", "AWS_SESSION_TOKEN": "quiet-heron",
                "AWS_PROFILE": "production",
            ]
        )
        #expect(!invoker.isReady)
        invoker.setEndpoint("http://127.0.0.1:4566")
        let event = event(Scope(account: "123456789012", region: "eu-west-1"))
        try invokeOnceItIsFree(invoker, command, event)
        let text = try String(contentsOfFile: folder + "/env", encoding: .utf8)
        let variables = text.split(separator: "\n").filter { line in
            !["PWD=", "SHLVL=", "_=", "OLDPWD="].contains { line.hasPrefix($0) }
        }
        #expect(
            variables.sorted() == [
                "AWS_ACCESS_KEY_ID=123456789012", "AWS_DEFAULT_REGION=eu-west-1",
                "AWS_EC2_METADATA_DISABLED=true",
                "AWS_ENDPOINT_URL_SECRETS_MANAGER=http://127.0.0.1:4566", "AWS_PAGER=",
                "AWS_REGION=eu-west-1", "AWS_SECRET_ACCESS_KEY=test", "LANG=C",
                "PATH=/usr/bin:/bin", "SECRETS_MANAGER_ENDPOINT=http://127.0.0.1:4566",
            ]
        )
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/event")) == Data(event.bytes))
    }

    @Test("a server that stops calls nobody any more")
    func cancelled() {
        let invoker = FunctionInvoker(timeoutMilliseconds: 20_000, environment: [:])
        invoker.cancel()
        let error = #expect(throws: FunctionInvoker.Failure.self) {
            try invoker.invoke("arn", at: .url("http://127.0.0.1:9/"), event(.here))
        }
        #expect(error?.isCancelled == true)
    }
}
