import HTTPServer
import Notation
import Testing

@testable import PocketvaultServer

@Suite("STS")
struct CallerIdentityTests {
    private static let form = (
        name: "Content-Type", value: "application/x-www-form-urlencoded; charset=utf-8"
    )

    @Test("GetCallerIdentity names account, user and ARN")
    func identity() throws {
        let response = try ScratchServer().send(
            .post(
                "Action=GetCallerIdentity&Version=2011-06-15",
                [Self.form, ("Authorization", signed(key: "123456789012", service: "sts"))]
            )
        )
        let id = response[header: "x-amzn-RequestId"] ?? "none"
        #expect(response.status == 200)
        #expect(response[header: "Content-Type"] == "text/xml")
        #expect(
            response.text
                == "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                + "<GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:root</Arn>"
                + "<UserId>123456789012</UserId><Account>123456789012</Account>"
                + "</GetCallerIdentityResult><ResponseMetadata><RequestId>\(id)</RequestId>"
                + "</ResponseMetadata></GetCallerIdentityResponse>"
        )
    }

    @Test("a presigned GET works as well")
    func presigned() throws {
        let response = try ScratchServer().send(
            .get("/", query: "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Expires=60")
        )
        #expect(response.status == 200)
        #expect(response.text.contains("<Account>000000000000</Account>"))
    }

    @Test(
        "another action is InvalidAction and names what was asked",
        arguments: [
            ("CreateGroup", "2010-05-08", "iam"),
            ("AssumeRoleWithSAML", "2011-06-15", "sts"),
            ("GetCallerIdentity", "2010-05-08", "sts"), ("<b>&", "1", "s3"),
        ]
    )
    func unknownActions(_ action: String, _ version: String, _ service: String) throws {
        let encoded = action.utf8.map { "%" + String($0, radix: 16) }.joined()
        let response = try ScratchServer().send(
            .post(
                "Action=\(encoded)&Version=\(version)",
                [Self.form, ("Authorization", signed(service: service))]
            )
        )
        #expect(response.status == 400)
        #expect(response.text.hasPrefix("<ErrorResponse xmlns="))
        #expect(response.text.contains("<Type>Sender</Type><Code>InvalidAction</Code>"))
        let shown = action == "<b>&" ? "&lt;b&gt;&amp;" : action
        #expect(response.text.contains("\(service):\(shown) (version \(version))"))
    }

    @Test("a form without an action is no call")
    func noAction() throws {
        let response = try ScratchServer().send(.post("a=b", [Self.form]))
        #expect(response.status == 404)
        #expect(response.text == "<UnknownOperationException/>\n")
    }

    @Test(
        "forms are decoded",
        arguments: [
            ("a=b", "b"), ("a=", ""), ("a", ""), ("x=y&a=b+c", "b c"), ("a=%41%c3%a9", "Aé"),
            ("a=%4", "%4"), ("a=100%", "100%"), ("a=b=c", "b=c"), ("a=1&a=2", "1"),
        ]
    )
    func forms(_ text: String, _ value: String) {
        #expect(FormFields(text.utf8)["a"] == value)
    }
}
