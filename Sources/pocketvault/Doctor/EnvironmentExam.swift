internal import Client

/// What is wrong with the variables of the environment.
struct EnvironmentExam {
    let environment: Environment
    /// The server that commands speak to.
    let endpoint: Endpoint
    let configuration: SharedConfiguration

    var diagnoses: [Diagnosis] {
        let found = endpoints + credentials + region + proxies + unknown
        return found.isEmpty
            ? [Diagnosis(.ok, "environment", "no variable stands in the way")] : found
    }

    private var endpoints: [Diagnosis] {
        var found: [Diagnosis] = []
        if environment.variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")?.lowercased() == "true" {
            found.append(
                Diagnosis(
                    .problem,
                    "environment",
                    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is true: AWS's clients ignore every"
                        + " endpoint but --endpoint-url",
                    "unset it"
                )
            )
        }
        for name in ["AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"] {
            guard let text = environment.variable(name) else { continue }
            if let given = Endpoint(text), !given.isAWS { continue }
            found.append(
                Diagnosis(
                    .problem,
                    "environment",
                    "\(name) is not the address of a server of yours",
                    "set it as eval \"$(pocketvault env)\" does"
                )
            )
        }
        return found
    }

    private var credentials: [Diagnosis] {
        var found: [Diagnosis] = []
        let hasKey = environment.variable("AWS_ACCESS_KEY_ID") != nil
        if environment.variable("AWS_SESSION_TOKEN") != nil {
            found.append(
                Diagnosis(
                    .warning,
                    "environment",
                    "AWS_SESSION_TOKEN is set: a session of AWS's may be meant",
                    "unset it for a vault of your own"
                )
            )
        }
        if let session = configuration.session {
            found.append(
                Diagnosis(
                    .warning,
                    "environment",
                    "the session of '\(session)' (profile \(configuration.profileName)) would sign:"
                        + " real credentials for a vault of your own",
                    "eval \"$(pocketvault env)\""
                )
            )
        }
        if let profile = environment.variable("AWS_PROFILE"), hasKey {
            found.append(
                Diagnosis(
                    .warning,
                    "environment",
                    "AWS_PROFILE is \(profile) and AWS_ACCESS_KEY_ID is set: tools differ in which"
                        + " they take",
                    "unset AWS_PROFILE"
                )
            )
        }
        if hasKey != (environment.variable("AWS_SECRET_ACCESS_KEY") != nil) {
            found.append(
                Diagnosis(
                    .problem,
                    "environment",
                    "only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set",
                    "set both, as eval \"$(pocketvault env)\" does"
                )
            )
        }
        return found
    }

    private var region: [Diagnosis] {
        let regions = ["AWS_REGION", "AWS_DEFAULT_REGION"].compactMap(environment.variable)
        if Set(regions).count == 2 {
            return [
                Diagnosis(
                    .problem,
                    "environment",
                    "AWS_REGION and AWS_DEFAULT_REGION differ: some clients read the one, some the"
                        + " other, and a secret is in one region",
                    "set both to the same"
                )
            ]
        }
        guard regions.count == 1 else { return [] }
        let name = environment.variable("AWS_REGION") == nil ? "AWS_REGION" : "AWS_DEFAULT_REGION"
        return [
            Diagnosis(
                .warning,
                "environment",
                "\(name) is not set, and some clients read that one only",
                "set both"
            )
        ]
    }

    /// A proxy elsewhere cannot reach this machine's loopback.
    private var proxies: [Diagnosis] {
        let name = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"].first {
            environment.variable($0) != nil
        }
        let spared = environment.variable("NO_PROXY") ?? environment.variable("no_proxy") ?? ""
        let hosts = spared.split(separator: ",").map { $0.filter { $0 != " " } }
        guard let name, !endpoint.isAWS, !hosts.contains("*"), !hosts.contains(endpoint.host) else {
            return []
        }
        return [
            Diagnosis(
                .problem,
                "environment",
                "\(name) is set, and NO_PROXY does not have \(endpoint.host): clients ask the proxy"
                    + " for the server",
                "add \(endpoint.host) to NO_PROXY"
            )
        ]
    }

    /// Options that nobody reads are slips of the pen.
    private var unknown: [Diagnosis] {
        let prefix = "POCKETVAULT_"
        return environment.variables.keys
            .filter { $0.hasPrefix(prefix) && !EnvironmentExam.known.contains($0) }
            .sorted()
            .map { name in
                Diagnosis(
                    .warning,
                    "environment",
                    "\(name) is no variable of Pocketvault",
                    "see pocketvault serve --help"
                )
            }
    }

    private static let known = Set(
        [
            "host", "port", "database", "seed", "seed-json", "account", "region", "master-key-file",
            "master-key", "passphrase", "new-master-key", "new-passphrase", "allowed-host",
            "rotation-function", "rotation-timeout", "events-url", "signatures", "iam",
            "root-credentials", "audit-records", "audit-days", "log-format", "log-level",
            "agent-port", "agent-token-file", "agent-role", "secure-transport",
            "web-identity-keys", "console", "no-console", "console-dir", "watch-seeds", "export",
            "accept-changed-rows", "account-lifetime", "quotas", "tls", "tls-name", "tls-cert",
            "tls-key", "binary",
        ].map(Environment.variableName(ofOption:))
    )
}
