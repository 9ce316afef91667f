internal import Client

/// Which endpoint each client that is installed would use.
struct ClientExam {
    let configuration: SharedConfiguration
    /// The server that commands speak to.
    let endpoint: Endpoint

    /// A program that calls AWS.
    private struct Client {
        let name: String
        /// What it is asked, and how its answer begins before the version.
        let question: [String]
        let prefix: String
        /// Since when it reads AWS_ENDPOINT_URL, by its first number.
        let since: [Int: [Int]]
    }

    private static let clients = [
        Client(
            name: "AWS CLI",
            question: ["aws", "--version"],
            prefix: "aws-cli/",
            since: [1: [1, 29, 0], 2: [2, 13, 0]]
        ),
        Client(
            name: "boto3",
            question: ["python3", "-c", "import boto3; print('boto3/' + boto3.__version__)"],
            prefix: "boto3/",
            since: [1: [1, 28, 0]]
        ),
        Client(
            name: "Terraform",
            question: ["terraform", "version"],
            prefix: "Terraform v",
            since: [:]
        ),
        Client(
            name: "OpenTofu",
            question: ["tofu", "version"],
            prefix: "OpenTofu v",
            since: [:]
        ),
        Client(
            name: "SAM CLI",
            question: ["sam", "--version"],
            prefix: "SAM CLI, version ",
            since: [1: [1, 94, 0]]
        ),
    ]

    var diagnoses: [Diagnosis] {
        let found = ClientExam.clients.compactMap(diagnosis)
        return found.isEmpty ? [Diagnosis(.ok, "clients", "no client of AWS was found")] : found
    }

    private func diagnosis(_ client: Client) -> Diagnosis? {
        guard let answer = OutsideProgram.answer(client.question), answer.exitCode == 0,
            let start = answer.output.firstRange(of: client.prefix)
        else { return nil }
        let version = String(answer.output[start.upperBound...].prefix { $0.isNumber || $0 == "." })
        let name = "\(client.name) \(version)"
        let numbers = version.split(separator: ".").compactMap { Int($0) }
        if let least = client.since[numbers.first ?? 0],
            numbers.lexicographicallyPrecedes(least)
        {
            let since = least.map(String.init).joined(separator: ".")
            return Diagnosis(
                .warning,
                "clients",
                "\(name) reads no endpoint from the environment (since \(since)): it calls AWS",
                "give it --endpoint-url \(endpoint.url)"
            )
        }
        guard let found = configuration.endpoint else {
            return Diagnosis(
                .warning,
                "clients",
                "\(name) calls AWS itself: no endpoint is configured",
                "eval \"$(pocketvault env)\""
            )
        }
        guard let address = Endpoint(found.url), address.authority == endpoint.authority else {
            return Diagnosis(
                .warning,
                "clients",
                "\(name) calls \(found.url) (\(found.source)), and not \(endpoint.url)"
            )
        }
        return Diagnosis(.ok, "clients", "\(name) calls \(found.url) (\(found.source))")
    }
}
