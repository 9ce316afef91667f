import Client
import Testing

@Suite("Endpoints of AWS")
struct EndpointTests {
    @Test(
        arguments: [
            ("eu-west-1", "https://secretsmanager.eu-west-1.amazonaws.com"),
            ("cn-north-1", "https://secretsmanager.cn-north-1.amazonaws.com.cn"),
            ("us-gov-west-1", "https://secretsmanager.us-gov-west-1.amazonaws.com"),
            ("eusc-de-east-1", "https://secretsmanager.eusc-de-east-1.amazonaws.eu"),
        ]
    )
    func `A region has its own, in its partition's domain`(region: String, url: String) throws {
        let endpoint = try #require(Endpoint.aws("secretsmanager", in: region))
        #expect(endpoint.url == url)
        #expect(endpoint.isAWS)
    }

    @Test func `What is no region has none`() {
        #expect(Endpoint.aws("secretsmanager", in: "a.b") == nil)
        #expect(Endpoint("http://127.0.0.1:4566")?.isAWS == false)
        #expect(Endpoint("https://amazonaws.com.example.org")?.isAWS == false)
    }
}
