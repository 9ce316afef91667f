import AWS
import Invocation
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("How a rotation function fails")
struct FunctionAnswerTests {
    private func reason(_ result: InvocationResult) -> String? {
        do throws(FunctionInvoker.Failure) {
            try FunctionInvoker.check(result)
            return nil
        } catch {
            return error.reason
        }
    }

    private func answer(
        _ body: String,
        status: Int = 200,
        fields: [HTTPField] = []
    ) -> InvocationResult {
        .answered(HTTPAnswer(status: status, fields: fields, body: Array(body.utf8)))
    }

    @Test(
        "whatever a function returns is ignored",
        arguments: [
            "null", "{}", "\"done\"", "[1]", "42", "not JSON", #"{"statusCode":500}"#,
            #"{"error":"x"}"#, "\n",
        ]
    )
    func returned(body: String) {
        #expect(reason(answer(body)) == nil)
    }

    @Test(
        "a status, a header, an error in the body, a time-out in it, and no body are failures",
        arguments: [
            (500, "", "null", "the answer has the status 500"),
            (400, "", "null", "the answer has the status 400"),
            (302, "", "null", "the answer has the status 302"),
            (200, "Unhandled", "null", "the function had an error"),
            (
                200, "Unhandled", #"{"errorType":"ValueError","errorMessage":"m"}"#,
                "the function returned the error ValueError"
            ),
            (
                200, "", #"{"errorMessage":"m","errorType":"Runtime.ExitError"}"#,
                "the function returned the error Runtime.ExitError"
            ),
            (200, "", #"{"errorMessage":"m"}"#, "the function returned an error"),
            (
                200, "", "2026-01-15T10:00:00Z f81d4fae Task timed out after 3.00 seconds",
                "the function's host says that its time was over"
            ),
            (200, "", "", "the answer is empty: the function's process has died"),
        ]
    )
    func failures(status: Int, header: String, body: String, expected: String) {
        let fields =
            header.isEmpty ? [] : [HTTPField(name: "x-amz-function-error", value: header)]
        #expect(reason(answer(body, status: status, fields: fields)) == expected)
    }

    @Test("the reason holds no message, and of the kind of error only plain characters")
    func secrecy() {
        let body = #"{"errorType":"A\nB\u0007é","errorMessage":"the password is quiet-heron"}"#
        let said = reason(answer(body)) ?? ""
        #expect(!said.contains("quiet-heron"))
        #expect(said.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
        #expect(reason(.failed("cannot connect")) == "cannot connect")
    }

    @Test("a command may write nothing, or an error")
    func commands() {
        #expect(reason(.ended(output: [])) == nil)
        #expect(reason(.ended(output: Array("done".utf8))) == nil)
        #expect(
            reason(.ended(output: Array(#"{"errorType":"E"}"#.utf8)))
                == "the function returned the error E"
        )
    }

    @Test("the event is AWS's, byte for byte")
    func event() {
        let event = RotationEvent(
            secretARN: SecretARN(scope: .here, name: "shop/db", suffix: "AbCdEf"),
            rotation: Rotation(
                versionID: "11111111-1111-4111-8111-111111111111",
                token: "22222222-2222-4222-8222-222222222222",
                isTest: false,
                step: .createSecret,
                failures: 0,
                dueAt: nil
            )
        )
        #expect(
            String(decoding: event.bytes, as: UTF8.self)
                == #"{"Step":"createSecret","#
                + #""SecretId":"arn:aws:secretsmanager:us-east-1:000000000000:secret:shop/db-AbCdEf","#
                + #""ClientRequestToken":"11111111-1111-4111-8111-111111111111","#
                + #""RotationToken":"22222222-2222-4222-8222-222222222222"}"#
        )
    }
}
