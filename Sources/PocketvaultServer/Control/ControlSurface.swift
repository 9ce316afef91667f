internal import AWS
internal import HTTPServer
internal import JSON

/// What is not AWS: health, readiness, reset, the clock and the trail, under `/_pocketvault` and the names that test
/// suites written for LocalStack and moto use.
struct ControlSurface: Sendable {
    let vault: any Vault
    let readiness: Readiness
    let reset: Reset
    let clock: ClockControl
    let policies: PolicyControl

    /// What a path of the control surface is for.
    enum Route: Sendable {
        case health
        case ready
        case reset
        /// As moto has it: with neither content type nor body.
        case motoReset
        case clock
        case audit
        case auditVerification
        case policy(PolicyControl.Question)
        case unknown
    }

    /// Nil when the request is for AWS.
    func route(for request: HTTPRequest) -> Route? {
        switch request.path {
        case "/_pocketvault/health", "/_localstack/health": .health
        // Names without the underscore could be anybody's, so a call with a target is AWS's.
        case "/health" where request.method != "POST": .health
        case "/moto-api/reset" where request.headers["X-Amz-Target"] == nil: .motoReset
        case "/_pocketvault/ready": .ready
        case "/_pocketvault/reset": .reset
        case "/_pocketvault/clock": .clock
        case "/_pocketvault/audit": .audit
        case "/_pocketvault/audit/verify": .auditVerification
        case "/_pocketvault/policy/explain": .policy(.explain)
        case "/_pocketvault/policy/simulate": .policy(.simulate)
        case "/_pocketvault/policy/suggest": .policy(.suggest)
        default: request.path.hasPrefix("/_") ? .unknown : nil
        }
    }

    func answer(
        _ request: HTTPRequest,
        to route: Route,
        _ requestID: String,
        _ reply: @escaping Reply
    ) {
        let isReading = request.method == "GET" || request.method == "HEAD"
        switch route {
        case .health, .ready:
            guard isReading else { return reply(notAllowed(request, allow: "GET, HEAD")) }
            if case .health = route { reply(health()) } else { reply(ready()) }
        case .reset, .motoReset:
            guard request.method == "POST" else { return reply(notAllowed(request, allow: "POST")) }
            let isMoto = if case .motoReset = route { true } else { false }
            reset.answer(request, needsContentType: !isMoto, requestID, reply)
        case .clock where isReading: reply(clock.show())
        case .clock:
            guard request.method == "POST" else {
                return reply(notAllowed(request, allow: "GET, HEAD, POST"))
            }
            clock.adjust(request, reply)
        case .audit:
            guard isReading else { return reply(notAllowed(request, allow: "GET, HEAD")) }
            reply(AuditControl(vault: vault).show(request))
        case .auditVerification:
            guard isReading else { return reply(notAllowed(request, allow: "GET, HEAD")) }
            reply(AuditControl(vault: vault).verify())
        case .policy(let question):
            guard request.method == question.method else {
                return reply(notAllowed(request, allow: question.method))
            }
            reply(policies.answer(question, request))
        case .unknown:
            let message =
                "There is nothing under this path; there are /_pocketvault/health, …/ready,"
                + " …/reset, …/clock, …/audit, …/audit/verify and …/policy/explain, …/simulate"
                + " and …/suggest."
            reply(ControlAnswer.error(404, "NotFound", message))
        }
    }

    /// Alive, when the store answers.
    private func health() -> Answer {
        let counts: VaultCounts
        do {
            let result = try vault.read { vault in
                do throws(APIError) {
                    return Result<VaultCounts, APIError>.success(try vault.counts())
                } catch {
                    return .failure(error)
                }
            }
            counts = try result.get()
        } catch {
            return ControlAnswer.error(
                503,
                "StoreUnavailable",
                "The vault's file does not answer; the log says why.",
                cause: (error as? APIError)?.cause ?? "\(error)"
            )
        }
        return Answer(
            ControlAnswer.json(200) { writer in
                writer.name("status")
                writer.string("ok")
                writer.name("version")
                writer.string(Server.version)
                // As LocalStack has it, for those who wait for a service to be "running".
                writer.name("services")
                writer.beginObject()
                for service in ["cloudtrail", "iam", "kms", "secretsmanager", "sts"] {
                    writer.name(service)
                    writer.string("running")
                }
                writer.endObject()
                writer.name("secrets")
                writer.integer(counts.secrets)
                writer.name("versions")
                writer.integer(counts.versions)
            }
        )
    }

    private func ready() -> Answer {
        let isReady = readiness.isReady
        return Answer(
            ControlAnswer.json(isReady ? 200 : 503) { writer in
                writer.name("ready")
                writer.bool(isReady)
            }
        )
    }

    private func notAllowed(_ request: HTTPRequest, allow: String) -> Answer {
        ControlAnswer.error(
            405,
            "MethodNotAllowed",
            "This path takes \(allow) only.",
            allow: allow
        )
    }
}
