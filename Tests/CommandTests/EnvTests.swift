import Foundation
import Testing

@testable import pocketvault

@Suite("env")
struct EnvTests {
    @Test("prints lines that a shell can evaluate")
    func lines() throws {
        #expect(
            try Binary.run(["env"])
                == Binary.Transcript(
                    output: """
                        export AWS_ENDPOINT_URL_SECRETS_MANAGER=http://127.0.0.1:4566;
                        export AWS_ACCESS_KEY_ID=pocketvault;
                        export AWS_SECRET_ACCESS_KEY=pocketvault;
                        export AWS_DEFAULT_REGION=us-east-1;
                        export AWS_REGION=us-east-1;
                        export AWS_PAGER=;
                        export AWS_EC2_METADATA_DISABLED=true;

                        """,
                    error: "",
                    exitCode: 0
                )
        )
    }

    @Test("redirects every service when asked, and takes options and variables")
    func options() throws {
        let transcript = try Binary.run(
            ["env", "--all-services", "--region", "eu-west-1"],
            environment: [
                "POCKETVAULT_PORT": "5000", "POCKETVAULT_ACCOUNT": "123456789012",
                "POCKETVAULT_REGION": "us-west-2",
            ]
        )
        #expect(transcript.output.hasPrefix("export AWS_ENDPOINT_URL=http://127.0.0.1:5000;\n"))
        #expect(transcript.output.contains("export AWS_ACCESS_KEY_ID=123456789012;"))
        #expect(transcript.output.contains("export AWS_REGION=eu-west-1;"))
    }

    @Test("a value that a shell would take apart is quoted")
    func quoting() {
        #expect(EnvironmentLines.quoted("http://[::1]:4566") == "'http://[::1]:4566'")
        #expect(EnvironmentLines.quoted("it's") == #"'it'\''s'"#)
        #expect(EnvironmentLines.quoted("") == "")
    }

    @Test(
        "an endpoint is a URL of host and port",
        arguments: [
            ("http://127.0.0.1:4566", "127.0.0.1", 4566), ("http://localhost", "localhost", 80),
            ("http://[::1]:80/", "::1", 80), ("https://vault:1/path?x", "vault", 1),
        ]
    )
    func endpoints(_ text: String, _ host: String, _ port: UInt16) throws {
        let endpoint = try #require(Endpoint(text))
        #expect(endpoint.host == host)
        #expect(endpoint.port == port)
    }

    @Test(
        "what is no such URL is refused",
        arguments: [
            "", "localhost:4566", "ftp://a", "http://", "http://:80", "http://a:0", "http://a:b",
            "http://a:70000", "http://user@host", "http://[::1", "http://::1", "http://a b",
        ]
    )
    func noEndpoints(_ text: String) throws {
        #expect(Endpoint(text) == nil)
        #expect(try Binary.run(["env", "--endpoint", text]).exitCode == 64)
    }
}
