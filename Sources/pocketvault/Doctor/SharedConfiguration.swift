/// What AWS's SDKs find in the environment and in `~/.aws/config`.
struct SharedConfiguration {
    private let environment: Environment
    private let sections: [String: [String: String]]

    /// - Parameters:
    ///   - environment: of this process.
    ///   - text: that of `~/.aws/config`; empty when there is none.
    init(_ environment: Environment, text: String) {
        self.environment = environment
        sections = SharedConfiguration.sections(of: text)
    }

    struct Endpoint: Equatable {
        let url: String
        /// Where it is written.
        let source: String
    }

    /// The endpoint of Secrets Manager; nil when calls go to AWS.
    ///
    /// [Service-specific endpoints](https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html)
    var endpoint: Endpoint? {
        let ignored = environment.variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")?.lowercased()
        return ignored == "true" ? nil : endpointOfVariable ?? endpointOfProfile
    }

    /// What a person signed in with, where the profile has no key of its own: calls are signed by that
    /// session; nil when a key of the environment wins.
    ///
    /// [Sign in through the AWS CLI](https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sign-in.html)
    var session: String? {
        guard environment.variable("AWS_ACCESS_KEY_ID") == nil, let profile else { return nil }
        if profile["login_session"] != nil { return "aws login" }
        let isSSO = profile["sso_session"] != nil || profile["sso_start_url"] != nil
        return isSSO ? "aws sso login" : nil
    }

    var profileName: String {
        environment.variable("AWS_PROFILE") ?? environment.variable("AWS_DEFAULT_PROFILE")
            ?? "default"
    }

    private var profile: [String: String]? {
        sections["profile \(profileName)"]
            ?? (profileName == "default" ? sections[profileName] : nil)
    }

    private var endpointOfVariable: Endpoint? {
        for name in ["AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"] {
            if let url = environment.variable(name) { return Endpoint(url: url, source: name) }
        }
        return nil
    }

    private var endpointOfProfile: Endpoint? {
        guard let profile else { return nil }
        let source = "profile \(profileName)"
        if let services = profile["services"],
            let url = sections["services \(services)"]?["secrets_manager.endpoint_url"]
        {
            return Endpoint(url: url, source: "\(source), services \(services)")
        }
        return profile["endpoint_url"].map { Endpoint(url: $0, source: source) }
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
