/// The endpoint of Secrets Manager that AWS's SDKs find.
///
/// [Service-specific endpoints](https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html)
struct ConfiguredEndpoint {
    struct Found: Equatable {
        let url: String
        /// Where it is written.
        let source: String
    }

    /// Nil when they go to AWS.
    let found: Found?

    /// - Parameters:
    ///   - environment: of this process.
    ///   - configuration: the text of `~/.aws/config`; empty when there is none.
    init(_ environment: Environment, configuration: String) {
        let ignored = environment.variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")?.lowercased()
        found =
            ignored == "true"
            ? nil
            : ConfiguredEndpoint.variable(environment)
                ?? ConfiguredEndpoint.profile(environment, configuration)
    }

    private static func variable(_ environment: Environment) -> Found? {
        for name in ["AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"] {
            if let url = environment.variable(name) { return Found(url: url, source: name) }
        }
        return nil
    }

    private static func profile(_ environment: Environment, _ text: String) -> Found? {
        let name =
            environment.variable("AWS_PROFILE") ?? environment.variable("AWS_DEFAULT_PROFILE")
            ?? "default"
        let sections = sections(of: text)
        let profile = sections["profile \(name)"] ?? (name == "default" ? sections[name] : nil)
        guard let profile else { return nil }
        let source = "profile \(name)"
        if let services = profile["services"],
            let url = sections["services \(services)"]?["secrets_manager.endpoint_url"]
        {
            return Found(url: url, source: "\(source), services \(services)")
        }
        return profile["endpoint_url"].map { Found(url: $0, source: source) }
    }

    /// The settings of each section; an indented one has the name of the line above it before its own.
    private static func sections(of text: String) -> [String: [String: String]] {
        var sections: [String: [String: String]] = [:]
        var section = ""
        var parent = ""
        for line in text.split(whereSeparator: \.isNewline) {
            let isNested = line.first?.isWhitespace == true
            let line = trimmed(line)
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("[") {
                let words = line.dropFirst().prefix { $0 != "]" }.split(separator: " ")
                section = words.joined(separator: " ")
                parent = ""
                continue
            }
            guard let equals = line.firstIndex(of: "=") else { continue }
            let name = trimmed(line[..<equals])
            let value = trimmed(line[line.index(after: equals)...])
            if !isNested { parent = name }
            sections[section, default: [:]][isNested ? "\(parent).\(name)" : name] = value
        }
        return sections
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
