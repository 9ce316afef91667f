import HTTPServer
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

/// What somebody is told who calls a service of AWS that is not here.
@Suite struct UnservedCallTests {
    private let server: ScratchServer

    init() throws {
        server = try ScratchServer()
    }

    private func authorization(_ service: String) -> (name: String, value: String) {
        let scope = "AKIAEXAMPLE/20260115/us-east-1/\(service)/aws4_request"
        return (
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=\(scope), SignedHeaders=host, Signature=00"
        )
    }

    private func request(
        _ method: String,
        _ path: String,
        of service: String,
        _ headers: [(name: String, value: String)] = [],
        body: String = ""
    ) -> HTTPRequest {
        HTTPRequest(
            method: method,
            path: path,
            headers: HTTPHeaders([authorization(service)] + headers),
            body: Array(body.utf8)
        )
    }

    private func isInWords(_ response: HTTPResponse, _ service: String, _ operation: String) -> Bool
    {
        response.text.contains("Pocketvault does not serve \(service) (\(operation))")
            && !response.text.contains("Denied") && !response.text.contains("authorized")
    }

    @Test func `A target of another service is unknown, in words`() {
        let headers = [
            (name: "X-Amz-Target", value: "DynamoDB_20120810.ListTables"),
            (name: "Content-Type", value: "application/x-amz-json-1.0"),
        ]
        for type in ["application/x-amz-json-1.0", "application/x-amz-json-1.1"] {
            let typed = [headers[0], (name: "Content-Type", value: type)]
            let response = server.send(request("POST", "/", of: "dynamodb", typed, body: "{}"))
            #expect(response.status == 400)
            #expect(response.json["__type"] == "UnknownOperationException")
            #expect(isInWords(response, "dynamodb", "ListTables"))
        }
        #expect(server.logText.contains("service=dynamodb operation=ListTables status=400"))
    }

    @Test func `An action of another service is unknown, and logged with the service`() {
        let form = [(name: "Content-Type", value: "application/x-www-form-urlencoded")]
        let response = server.send(
            request(
                "POST",
                "/",
                of: "ec2",
                form,
                body: "Action=RunInstances&Version=2016-11-15"
            )
        )
        #expect(response.status == 400)
        #expect(response.text.contains("Could not find operation ec2:RunInstances"))
        #expect(server.logText.contains("service=ec2 operation=RunInstances status=400"))
    }

    @Test(
        arguments: [
            ("POST", "/2015-03-31/functions/f/invocations", "lambda", "Invoke"),
            ("GET", "/2015-03-31/functions", "lambda", "GET /2015-03-31/functions"),
            ("GET", "/", "s3", "ListBuckets"), ("PUT", "/bucket", "s3", "CreateBucket"),
            ("GET", "/bucket/a/key", "s3", "GetObject"), ("PUT", "/bucket/key", "s3", "PutObject"),
            ("PATCH", "/bucket", "s3", "PATCH /bucket"),
        ]
    )
    func `A call by method and path is not implemented, in words`(
        method: String,
        path: String,
        service: String,
        operation: String
    ) {
        for type in ["application/json", "application/xml", "application/x-www-form-urlencoded"] {
            let headers = [(name: "Content-Type", value: type)]
            let response = server.send(request(method, path, of: service, headers, body: "x"))
            #expect(response.status == 501)
            #expect(isInWords(response, service, operation))
        }
        #expect(server.logText.contains("service=\(service) operation="))
    }

    @Test func `S3's answer is one that its clients read`() {
        let response = server.send(request("GET", "/bucket", of: "s3"))
        #expect(response.text.contains("<Code>NotImplemented</Code>"))
        #expect(response[header: "Content-Type"] == "text/xml")
    }

    @Test func `An operation of a service that is here is logged with both names`() {
        let headers = [
            (name: "X-Amz-Target", value: "TrentService.ConnectCustomKeyStore"),
            (name: "Content-Type", value: "application/x-amz-json-1.1"),
        ]
        let response = server.send(request("POST", "/", of: "kms", headers, body: "{}"))
        #expect(response.text == FrontEndTests.unknown)
        #expect(server.logText.contains("service=kms operation=ConnectCustomKeyStore status=400"))
    }

    @Test func `What is not signed and no call at all is not here, and nobody is refused`() {
        for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "GET"] {
            let response = server.send(HTTPRequest(method: method, path: "/bucket"))
            #expect(response.status == 404)
            #expect(!response.text.contains("Denied"))
        }
    }
}
