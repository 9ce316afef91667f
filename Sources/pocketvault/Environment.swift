internal import ArgumentParser
internal import Client
internal import System

/// The variables of the environment that stand in for options: `POCKETVAULT_<OPTION>`.
struct Environment {
    /// All of them.
    let variables: [String: String]

    init(_ variables: [String: String] = ProcessEnvironment.variables) {
        self.variables = variables
    }

    /// A variable as it is; an empty one counts as not set, as compose files leave them.
    func variable(_ name: String) -> String? {
        guard let value = variables[name], !value.isEmpty else { return nil }
        return value
    }

    /// The variable of an option, as in `log-level`.
    func option(_ name: String) -> String? {
        guard name != "port" || serviceLink == nil else { return nil }
        return variable(Environment.variableName(ofOption: name))
    }

    /// What Kubernetes sets `POCKETVAULT_PORT` to in the pods beside a Service called pocketvault: an
    /// address as tcp://10.0.0.1:4566, which is no port to listen on.
    var serviceLink: String? {
        variable(Environment.variableName(ofOption: "port")).flatMap { text in
            text.hasPrefix("tcp://") || text.hasPrefix("udp://") ? text : nil
        }
    }

    /// A list: its elements are separated by commas.
    func list(_ name: String) -> [String] {
        guard let text = option(name) else { return [] }
        return text.split(separator: ",").map { element in
            let text = element.drop { $0 == " " }
            return String(text.reversed().drop { $0 == " " }.reversed())
        }.filter { !$0.isEmpty }
    }

    /// The server that commands speak to when no `--endpoint` says otherwise.
    var endpoint: String? {
        variable("AWS_ENDPOINT_URL_SECRETS_MANAGER") ?? variable("AWS_ENDPOINT_URL")
    }

    /// As whom commands call.
    var identities: IdentitySource {
        IdentitySource(variable: variable, file: Files.contents)
    }

    static func variableName(ofOption name: String) -> String {
        "POCKETVAULT_" + String(name.uppercased().map { $0 == "-" ? "_" : $0 })
    }
}
