import Client
import HTTPServer
import SignatureV4
import Testing

@Suite("As whom calls are made")
struct IdentitySourceTests {
    private static let credentials = """
        [default]
        aws_access_key_id = AKIADEFAULT
        aws_secret_access_key=default/secret=

        # another
        [work]
        aws_access_key_id = AKIAWORK
        aws_secret_access_key = work
        aws_session_token = token
        """
    private static let config = """
        [default]
        region = eu-north-1
        [profile work]
        s3 =
          aws_access_key_id = nested
        region = eu-west-3 \r
        [profile sso]
        sso_session = x
        """

    private func identity(
        _ variables: [String: String],
        profile: String? = nil,
        region: String? = nil,
        isAWS: Bool = false
    ) throws -> Identity {
        let files = [
            "/home/a/.aws/credentials": Self.credentials, "/home/a/.aws/config": Self.config,
            "/token": "file token",
        ]
        let source = IdentitySource(
            variable: { variables.merging(["HOME": "/home/a"]) { given, _ in given }[$0] },
            file: { files[$0].map { Array($0.utf8) } }
        )
        return try source.identity(profile: profile, region: region, isAWS: isAWS)
    }

    @Test func `Without anything it is the pair that every vault knows`() throws {
        let identity = try identity(["HOME": "/nowhere"])
        #expect(
            identity.credentials == SigningCredentials(keyID: "pocketvault", secret: "pocketvault")
        )
        #expect(identity.region == "us-east-1")
    }

    @Test func `The environment's key wins over the files`() throws {
        let variables = [
            "AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s",
            "AWS_SESSION_TOKEN": "t", "AWS_PROFILE": "work", "AWS_DEFAULT_REGION": "eu-west-1",
        ]
        let identity = try identity(variables)
        #expect(
            identity.credentials
                == SigningCredentials(keyID: "AKIAENV", secret: "s", sessionToken: "t")
        )
        #expect(identity.region == "eu-west-1")
    }

    @Test func `A profile that is asked for wins over the environment`() throws {
        let variables = ["AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s"]
        let identity = try identity(variables, profile: "work")
        #expect(
            identity.credentials
                == SigningCredentials(keyID: "AKIAWORK", secret: "work", sessionToken: "token")
        )
        #expect(identity.region == "eu-west-3")
        #expect(try self.identity([:], profile: "work", region: "us-west-2").region == "us-west-2")
    }

    @Test func `AWS_PROFILE is a profile of the shared files`() throws {
        #expect(try identity(["AWS_PROFILE": "work"]).credentials.keyID == "AKIAWORK")
        #expect(try identity(["AWS_PROFILE": "work", "AWS_REGION": "b"]).region == "b")
    }

    @Test func `A profile without keys says how to get some`() throws {
        #expect(throws: ClientError.self) { try identity([:], profile: "sso") }
        // A server of ours takes any key.
        #expect(try identity(["AWS_PROFILE": "sso"]).credentials == Identity.testCredentials)
    }

    @Test func `AWS is called with the default profile's key, or not at all`() throws {
        let key = SigningCredentials(keyID: "AKIADEFAULT", secret: "default/secret=")
        #expect(try identity([:], isAWS: true).credentials == key)
        #expect(try identity([:]).credentials == Identity.testCredentials)
        #expect(throws: ClientError.self) { try identity(["HOME": "/nowhere"], isAWS: true) }
    }

    @Test(arguments: ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
    func `Half a key is an error`(name: String) {
        #expect(throws: ClientError.self) { try identity([name: "x"]) }
    }

    @Test func `A container's credentials are fetched with their token`() throws {
        let host = try ScratchHost { request, _ in
            guard request.headers["Authorization"] == "file token" else {
                return HTTPResponse(status: 401)
            }
            return .json(#"{"AccessKeyId":"ASIA","SecretAccessKey":"s","Token":"t"}"#)
        }
        let url = try #require(host.endpoint).url
        let variables = [
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(url)/_pocketvault/credentials/task?x=1",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token",
        ]
        let key = try identity(variables).credentials
        #expect(key == SigningCredentials(keyID: "ASIA", secret: "s", sessionToken: "t"))
        #expect(host.requests[0].path == "/_pocketvault/credentials/task")
        #expect(host.requests[0].query == "x=1")
        let wrong = variables.merging(
            ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/missing"]
        ) { $1 }
        #expect(throws: ClientError.self) { try identity(wrong) }
    }
}
