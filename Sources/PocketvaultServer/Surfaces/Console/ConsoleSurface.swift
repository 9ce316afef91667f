internal import AWS
internal import HTTPServer

/// The console: a page at `/console`, and the files that it is made of.
///
/// All of it is static. What the page shows it asks for as every other client does, by AWS's API and
/// by the control surface, so there is nothing here that a policy or the trail would not see.
struct ConsoleSurface: Sendable {
    static let path = "/console"

    /// Nil where it is off.
    private let assets: ConsoleAssets?

    init(_ configuration: Configuration) {
        guard configuration.servesConsole else {
            assets = nil
            return
        }
        assets = configuration.consoleFolder.map { .folder($0) } ?? .embedded
    }

    /// - Throws: when there is no console in the folder that is to hold it.
    static func check(_ configuration: Configuration) throws(StartError) {
        guard let folder = configuration.consoleFolder, configuration.servesConsole else { return }
        guard ConsoleAssets.folder(folder).contents(of: ConsoleAssets.page) != nil else {
            throw StartError(
                description: "\(folder) holds no \(ConsoleAssets.page); --console-dir names the"
                    + " folder that the console's files are in"
            )
        }
    }

    /// - Parameter request: any request.
    /// - Returns: the answer; nil when the request is for somebody else.
    func answer(to request: HTTPRequest) -> Answer? {
        guard request.method == "GET" || request.method == "HEAD" else { return nil }
        if request.path == "/favicon.ico", assets != nil { return file("icon.svg") }
        guard request.path.hasPrefix(ConsoleSurface.path) else { return nil }
        let rest = request.path.dropFirst(ConsoleSurface.path.count)
        guard rest.isEmpty || rest.first == "/" else { return nil }
        let name = rest.dropFirst()
        return file(name.isEmpty ? ConsoleAssets.page : String(name))
    }

    private func file(_ name: String) -> Answer {
        guard let assets else { return ConsoleSurface.missing(ConsoleSurface.off) }
        guard let type = ConsoleSurface.mediaType(of: name), let body = assets.contents(of: name)
        else { return ConsoleSurface.missing("The console has no such file.\n") }
        return Answer(
            HTTPResponse(
                status: 200,
                headers: [("Content-Type", type)] + ConsoleSurface.protection,
                body: body
            ),
            operation: "Console"
        )
    }

    private static func missing(_ text: String) -> Answer {
        let type = ("Content-Type", "text/plain; charset=utf-8")
        return Answer(
            HTTPResponse(status: 404, headers: [type] + protection, body: Array(text.utf8)),
            operation: "Console"
        )
    }

    private static let off = """
        The console is off here. It is served to this machine alone, unless the server is started \
        with --console, and never with --no-console.

        """

    private static func mediaType(of name: String) -> String? {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "txt": "text/plain; charset=utf-8"
        default: nil
        }
    }

    /// What keeps values in the page: it runs nothing but its own files, calls nobody but this server,
    /// is in no frame and in no cache, and nobody learns where its reader came from.
    private static let protection = [
        ("Content-Security-Policy", policy),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]

    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
        "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    ].joined(separator: "; ")
}
