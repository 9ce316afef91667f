import HTTPServer
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("Error bodies")
struct ErrorBodyTests {
    @Test("the service's own errors have Message")
    func serviceError() throws {
        let response = try ScratchServer().call("GetSecretValue", #"{"SecretId":"nowhere"}"#)
        #expect(response.status == 400)
        #expect(
            response.text
                == #"{"__type":"ResourceNotFoundException","#
                + #""Message":"Secrets Manager can't find the specified secret."}"#
        )
    }

    @Test("the framework's errors have message")
    func frameworkError() throws {
        let response = try ScratchServer().call("GetSecretValue", "{}")
        #expect(
            response.text
                == #"{"__type":"ValidationException","message":"1 validation error detected: "#
                + #"Value null at 'secretId' failed to satisfy constraint: "#
                + #"Member must not be null"}"#
        )
    }

    @Test("a member of the wrong type has Message")
    func wrongType() throws {
        let response = try ScratchServer().call("GetSecretValue", #"{"SecretId":5}"#)
        #expect(
            response.text
                == #"{"__type":"SerializationException","#
                + #""Message":"NUMBER_VALUE can not be converted to a String"}"#
        )
    }

    @Test("an answer's request id is a UUID of version 4, another each time")
    func requestIDs() throws {
        let server = try ScratchServer()
        var ids: Set<String> = []
        for _ in 0..<100 {
            let id = try #require(
                server.call("ListSecrets", "{}")[header: "x-amzn-RequestId"]
            )
            #expect(id.wholeMatch(of: uuidOfVersion4) != nil, "\(id)")
            ids.insert(id)
        }
        #expect(ids.count == 100)
    }

    private var uuidOfVersion4: Regex<Substring> {
        /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
    }
}
