import Foundation
import HTTPServer
import Testing

@testable import PocketvaultServer

@Suite("The console")
struct ConsoleTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/CConsole/assets").standardized.path()

    private func get(
        _ path: String,
        method: String = "GET",
        _ change: (inout Configuration) -> Void = { _ in }
    ) -> HTTPResponse? {
        var configuration = Configuration()
        change(&configuration)
        let request = HTTPRequest(method: method, path: path)
        return ConsoleSurface(configuration).answer(to: request)?.response
    }

    private func header(_ name: String, of response: HTTPResponse?) -> String? {
        response?.headers.first { $0.0 == name }?.1
    }

    private static let assets: [String] =
        (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []

    @Test(
        "each of its files is in the binary, as it is in the sources, and under a name of its own",
        arguments: assets
    )
    func embedded(name: String) throws {
        let contents = try #require(FileManager.default.contents(atPath: Self.folder + "/" + name))
        #expect(ConsoleAssets.files[name] == Array(contents))
        let response = get("/console/\(name)")
        #expect(response?.status == 200)
        #expect(response?.body == Array(contents))
        // And the demo's seed, which nobody is served.
        #expect(ConsoleAssets.files.count == Self.assets.count + 1)
    }

    @Test("it is a page of modules that one can read, with a style by hand")
    func size() throws {
        for (name, bytes) in ConsoleAssets.files
        where name.hasSuffix(".js") && name != "preact.js" {
            let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).count
            #expect(lines <= 200, "\(name) has \(lines) lines")
        }
        #expect(try #require(ConsoleAssets.files["console.css"]).count <= 12_288)
    }

    @Test(
        "every answer says what the page may do",
        arguments: ["/console", "/console/", "/console/app.js", "/favicon.ico", "/console/nothing"]
    )
    func protected(path: String) {
        let response = get(path)
        #expect(
            header("Content-Security-Policy", of: response)
                == "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                + "require-trusted-types-for 'script'"
        )
        #expect(header("Cache-Control", of: response) == "no-store")
        #expect(header("X-Content-Type-Options", of: response) == "nosniff")
        #expect(header("Referrer-Policy", of: response) == "no-referrer")
        #expect(header("Cross-Origin-Opener-Policy", of: response) == "same-origin")
        #expect(header("Cross-Origin-Resource-Policy", of: response) == "same-origin")
    }

    @Test("files have the type by which a browser takes them")
    func types() {
        #expect(header("Content-Type", of: get("/console")) == "text/html; charset=utf-8")
        #expect(
            header("Content-Type", of: get("/console/app.js")) == "text/javascript; charset=utf-8"
        )
        #expect(
            header("Content-Type", of: get("/console/console.css")) == "text/css; charset=utf-8"
        )
        #expect(header("Content-Type", of: get("/favicon.ico")) == "image/svg+xml")
    }

    @Test(
        "what is not its own goes to AWS",
        arguments: [
            ("GET", "/"), ("POST", "/console"), ("GET", "/consoles"), ("PUT", "/console/app.js"),
            ("GET", "/favicon.ico/a"),
        ]
    )
    func others(method: String, path: String) {
        #expect(get(path, method: method) == nil)
    }

    @Test("it is on for this machine, off beyond it, and as one says where one says something")
    func onAndOff() {
        #expect(get("/console")?.status == 200)
        #expect(get("/console") { $0.console = false }?.status == 404)
        #expect(get("/console") { $0.host = "0.0.0.0" }?.status == 404)
        #expect(get("/console/app.js") { $0.host = "::" }?.status == 404)
        #expect(get("/favicon.ico") { $0.console = false } == nil)
        let asked = get("/console") {
            $0.host = "0.0.0.0"
            $0.console = true
        }
        #expect(asked?.status == 200)
        #expect(get("/console") { $0.console = false }?.text.contains("--console") == true)
    }

    @Test("links of other sites open the page alone, and only where it is on")
    func openPages() {
        var configuration = Configuration()
        #expect(configuration.http.openPages == ["/console"])
        configuration.console = false
        #expect(configuration.http.openPages == [])
    }

    @Test("a folder serves its files as they are now, and none beside it")
    func folder() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let inner = folder.appending(path: "console")
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("outside".utf8).write(to: folder.appending(path: "outside.js"))
        var configuration = Configuration()
        configuration.consoleFolder = inner.path()
        #expect(throws: StartError.self) { try ConsoleSurface.check(configuration) }
        try Data("first".utf8).write(to: inner.appending(path: "index.html"))
        try ConsoleSurface.check(configuration)
        let serve: (inout Configuration) -> Void = { $0.consoleFolder = inner.path() }
        #expect(get("/console", serve)?.text == "first")
        try Data("second".utf8).write(to: inner.appending(path: "index.html"))
        #expect(get("/console", serve)?.text == "second")
        for path in [
            "/console/../outside.js", "/console//outside.js", "/console/..%2Foutside.js",
            "/console/app.js", "/console/.", "/console/..", "/console/demo.json",
        ] {
            #expect(get(path, serve)?.status == 404, "\(path)")
        }
    }
}
