internal import AWS
internal import Invocation
internal import Notation
internal import Threads

/// Calls rotation functions where they are.
final class FunctionInvoker: Sendable {
    /// Why a call counts as failed, for the log; holds no value.
    struct Failure: Error, Sendable, Equatable {
        let reason: String
        /// The server stops, and the step is called again after the next start.
        var isCancelled = false
        /// The vault did not answer: nothing is known of the function, and the step is tried again.
        var isOfVault = false

        /// The vault's own failure, with its cause.
        static func vault(_ cause: String) -> Failure {
            Failure(reason: "the vault does not answer: \(cause)", isOfVault: true)
        }
    }

    private let timeoutMilliseconds: Int
    private let credentials: FunctionCredentials
    /// What a command's environment begins with.
    private let environment: [String: String]
    private let endpoint = Locked<String?>(nil)
    private let cancellation = Cancellation()

    /// - Parameters:
    ///   - timeoutMilliseconds: a function that takes longer has failed.
    ///   - credentials: with which commands call the server.
    ///   - environment: the server's own; what is meant for it or for AWS is left out.
    init(
        timeoutMilliseconds: Int,
        credentials: FunctionCredentials = .unsigned,
        environment: [String: String]
    ) {
        self.credentials = credentials
        self.timeoutMilliseconds = timeoutMilliseconds
        self.environment = environment.filter { name, _ in
            !name.hasPrefix("AWS_") && !name.hasPrefix("POCKETVAULT_")
        }
    }

    /// Says where functions reach the server; before that none is called.
    func setEndpoint(_ url: String) {
        endpoint.withLock { $0 = url }
    }

    var isReady: Bool { endpoint.withLock { $0 } != nil }

    /// Ends the call that is under way, and refuses later ones.
    func cancel() {
        cancellation.cancel()
    }

    /// Calls a function and waits for it.
    func invoke(_ arn: String, at target: RotationTarget, _ event: RotationEvent) throws(Failure) {
        switch target {
        case .url(let template):
            let scope = event.secretARN.scope
            let invocation = HTTPInvocation(
                url: RotationTarget.url(template, of: arn),
                body: event.bytes,
                signer: HTTPInvocation.Signer(
                    accessKeyID: scope.account,
                    secretAccessKey: FunctionInvoker.secretAccessKey,
                    region: scope.region,
                    service: "lambda"
                ),
                timeoutMilliseconds: timeoutMilliseconds
            )
            try FunctionInvoker.check(invocation.run(until: cancellation))
        case .command(let path):
            let invocation = CommandInvocation(
                path: path,
                input: event.bytes,
                environment: try variables(for: event),
                timeoutMilliseconds: timeoutMilliseconds
            )
            try FunctionInvoker.check(invocation.run(until: cancellation))
        case .builtIn:
            throw Failure(reason: "a built-in rotation is not called from here")
        }
    }

    /// Does a step of a built-in rotation in its database.
    func run(
        _ users: PostgreSQLUsers,
        _ versions: DatabaseVersions,
        _ step: Rotation.Step
    ) throws(Failure) {
        try PostgreSQLRotation(
            users: users,
            versions: versions,
            deadline: Deadline(afterMilliseconds: timeoutMilliseconds),
            cancellation: cancellation
        ).perform(step)
    }

    private static let secretAccessKey = "test"

    /// What AWS's published functions and the SDKs look for.
    private func variables(for event: RotationEvent) throws(Failure) -> [String: String] {
        let scope = event.secretARN.scope
        let url = endpoint.withLock { $0 } ?? ""
        var own = [
            "SECRETS_MANAGER_ENDPOINT": url,
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": url,
            "AWS_REGION": scope.region,
            "AWS_DEFAULT_REGION": scope.region,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
        ]
        do {
            own.merge(try credentials.variables(scope.account)) { $1 }
        } catch {
            throw .vault((error as? APIError)?.cause ?? "\(error)")
        }
        return environment.merging(own) { $1 }
    }
}
