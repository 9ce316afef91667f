internal import AWS
internal import HTTPServer
internal import JSON
internal import Notation
internal import Storage

/// Applies seed documents to a vault and writes one of it: `POST` and `GET /_pocketvault/seed`.
///
/// Where signatures are verified, only the root of each account that is concerned may.
struct SeedControl: Sendable {
    static let path = "/_pocketvault/seed"
    static let progressPath = "/_pocketvault/seed/progress"
    /// Documents of tens of thousands of secrets come whole, for they are applied whole.
    static let greatestBody = 64 * 1_024 * 1_024

    let vault: any Vault
    let clock: VaultClock
    let access: ControlAccess
    let scope: Scope
    let agentCache: AgentCache
    let randomness: Randomness
    let work: ControlWork
    let underWay: SeedsUnderWay

    init(of vault: OpenVault, _ access: ControlAccess, _ work: ControlWork) {
        self.vault = vault.vault
        clock = vault.clock
        self.access = access
        scope = vault.configuration.scope
        agentCache = vault.agentCache
        randomness = vault.machine.randomness
        self.work = work
        underWay = vault.seedsUnderWay
    }

    // MARK: Applying

    /// Takes `{"documents":[{"file","text"}],"prune","dryRun","synthesize"}`.
    @Sendable func apply(_ request: HTTPRequest, _ reply: @escaping Reply) {
        work.run(reply) { () throws(ControlOrder.Refusal) in
            let order = try SeedOrder(request, defaultScope: scope)
            for account in Set(order.plan.scopes.map(\.account)) {
                _ = try access.account(of: request, named: account)
            }
            let application = SeedApplication(
                plan: order.plan,
                prunes: order.prunes,
                isRehearsal: order.isRehearsal
            )
            let outcome = try carryOut(application)
            guard outcome.refusals.isEmpty else { throw SeedControl.refusal(outcome.refusals) }
            agentCache.removeAll()
            return Answer(
                SeedControl.response(outcome, isRehearsal: order.isRehearsal),
                operation: "Seed"
            )
        }
    }

    private func carryOut(
        _ application: SeedApplication
    ) throws(ControlOrder.Refusal) -> SeedApplication.Outcome {
        let moment = SeedMoment(now: clock.now(), randomness: randomness)
        defer { underWay.end() }
        do throws(APIError) {
            return try vault.writeAloneAndWait { [underWay] vault throws(APIError) in
                try application.run(in: vault, moment, progress: underWay.note)
            }
        } catch {
            guard error.code != .internalServiceError else {
                throw ControlOrder.Refusal(
                    "Nothing was changed; the log says why.",
                    status: 500,
                    code: "InternalServiceError",
                    cause: error.cause
                )
            }
            throw SeedControl.notApplicable(error.cause ?? error.message ?? error.code.rawValue)
        }
    }

    private static func refusal(_ errors: [SeedError]) -> ControlOrder.Refusal {
        let shown = errors.prefix(20).map(\.description)
        let rest = errors.count > 20 ? ["and \(errors.count - 20) more like these"] : []
        return notApplicable((shown + rest).joined(separator: "\n"))
    }

    private static func notApplicable(_ message: String) -> ControlOrder.Refusal {
        ControlOrder.Refusal(message, status: 409, code: "SeedNotApplicable")
    }

    private static func response(
        _ outcome: SeedApplication.Outcome,
        isRehearsal: Bool
    ) -> HTTPResponse {
        ControlAnswer.json(200) { writer in
            writer.member("dryRun", isRehearsal)
            writer.name("changes")
            writer.beginArray()
            for change in outcome.changes {
                writer.beginObject()
                writer.member("action", change.action.rawValue)
                writer.member("kind", change.kind.rawValue)
                writer.member("name", change.name)
                writer.member("account", change.scope.account)
                writer.memberUnlessEmpty("region", change.scope.region)
                if !change.parts.isEmpty { writer.member("parts", change.parts) }
                writer.endObject()
            }
            writer.endArray()
            writer.member("unchanged", Int64(outcome.unchanged))
        }
    }

    /// How far it is, for whoever waits: counts alone, and those only while there is something to count.
    @Sendable func tellProgress(_ request: HTTPRequest) -> Answer {
        let progress = underWay.progress
        return Answer(
            ControlAnswer.json(200) { writer in
                writer.member("isUnderWay", progress != nil)
                guard let progress else { return }
                writer.member("isComparing", progress.isComparing)
                writer.member("done", Int64(progress.done))
                writer.member("count", Int64(progress.count))
            }
        )
    }

    // MARK: Exporting

    /// Fields of the query: `account`, and `values` for a document with values.
    @Sendable func export(_ request: HTTPRequest, _ reply: @escaping Reply) {
        work.run(reply) { () throws(ControlOrder.Refusal) in
            let fields = FormFields((request.query ?? "").utf8)
            let export = SeedExport(
                account: try access.account(of: request, named: fields["account"]),
                region: scope.region,
                includesValues: fields["values"] == "true"
            )
            let document = try vault.controlReading { vault throws(APIError) in
                try export.document(of: vault)
            }
            let headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
            return Answer(
                HTTPResponse(status: 200, headers: headers, body: document),
                operation: "ExportSeed"
            )
        }
    }
}

/// The body of a call that applies seeds.
private struct SeedOrder {
    let plan: SeedPlan
    var prunes = false
    var isRehearsal = false

    init(_ request: HTTPRequest, defaultScope: Scope) throws(ControlOrder.Refusal) {
        var files: [SeedFile] = []
        var synthesizes = false
        for member in try ControlOrder.members(of: request).members {
            switch (member.name, member.value) {
            case ("documents", .array(let elements)): files = try SeedOrder.files(elements)
            case ("prune", .bool(let flag)): prunes = flag
            case ("dryRun", .bool(let flag)): isRehearsal = flag
            case ("synthesize", .bool(let flag)): synthesizes = flag
            default:
                throw ControlOrder.Refusal(
                    "There are the members documents, a list, and prune, dryRun and synthesize,"
                        + " which are true or false."
                )
            }
        }
        guard !files.isEmpty else {
            throw ControlOrder.Refusal("The member documents is missing or empty.")
        }
        do throws(SeedError) {
            var documents: [SeedDocument] = []
            for file in files {
                documents.append(
                    try SeedDocument(
                        file.bytes,
                        file: file.name,
                        defaultScope: defaultScope,
                        synthesizes: synthesizes
                    )
                )
            }
            plan = try SeedPlan(documents)
        } catch {
            throw ControlOrder.Refusal(error.description, code: "InvalidSeed")
        }
    }

    private static func files(_ elements: [JSONValue]) throws(ControlOrder.Refusal) -> [SeedFile] {
        var files: [SeedFile] = []
        for element in elements {
            guard case .object(let object) = element, let text = object.text("text") else {
                throw ControlOrder.Refusal(
                    "Each of documents is an object with the members file, a name for errors, and"
                        + " text, the document."
                )
            }
            files.append(SeedFile(name: object.text("file") ?? "seed", bytes: Array(text.utf8)))
        }
        return files
    }
}
