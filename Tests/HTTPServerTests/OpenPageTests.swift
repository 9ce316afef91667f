import HTTPServer
import Testing

@Suite("A page that links of other sites may open")
struct OpenPageTests {
    private static let link = [
        "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document",
    ]

    private static func link(without field: String, with other: String...) -> [String] {
        link.filter { !$0.hasPrefix(field) } + other
    }

    private func status(_ text: String) throws -> Int? {
        var configuration = HTTPConfiguration(threads: 1)
        configuration.openPages = ["/page"]
        let server = try EchoServer(configuration)
        let client = RawClient(port: server.port)
        client.send(text)
        return client.receive()?.status
    }

    @Test(
        "is opened by a link, from a site or from another port",
        arguments: [
            request("GET", "/page", lines: link), request("GET", "/page?a=b", lines: link),
            request(
                "GET",
                "/page",
                lines: link(without: "Sec-Fetch-Site", with: "Sec-Fetch-Site: same-site")
            ),
        ]
    )
    func opened(text: String) throws {
        #expect(try status(text) == 200)
    }

    @Test(
        "is not opened in a frame, by a script or a form, and no other page is",
        arguments: [
            request("GET", "/page", lines: link(without: "Sec-Fetch-Mode")),
            request("GET", "/page", lines: link(without: "Sec-Fetch-Dest")),
            request(
                "GET",
                "/page",
                lines: link(without: "Sec-Fetch-Dest", with: "Sec-Fetch-Dest: iframe")
            ),
            request(
                "GET",
                "/page",
                lines: link(without: "Sec-Fetch-Mode", with: "Sec-Fetch-Mode: no-cors")
            ),
            request("POST", "/page", lines: link + ["Content-Length: 0"]),
            request("GET", "/page", lines: link + ["Origin: https://elsewhere.example"]),
            request("GET", "/page", lines: link + ["Host: elsewhere.example"]),
            request("GET", "/page/part", lines: link),
            request("GET", "/Page", lines: link),
            request("GET", "/", lines: link),
        ]
    )
    func refused(text: String) throws {
        #expect(try status(text) == 403)
    }
}
