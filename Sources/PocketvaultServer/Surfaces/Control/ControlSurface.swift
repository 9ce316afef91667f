internal import HTTPServer

/// What is not AWS: under `/_pocketvault`, and the names that test suites written for LocalStack and
/// moto use.
struct ControlSurface: Sendable {
    let routes: [ControlRoute]

    init(of vault: OpenVault, _ authenticator: Authenticator) {
        let work = ControlWork(work: vault.longWork)
        let health = HealthControl(of: vault)
        let reset = Reset(of: vault)
        let clock = ClockControl(clock: vault.clock, scheduler: vault.scheduler)
        let audit = AuditControl(vault: vault.vault, work: work)
        let policies = PolicyControl(of: vault, work)
        let tasks = TaskControl(of: vault)
        let stream = StreamControl(
            feed: vault.feed,
            vault: vault.vault,
            tasks: tasks,
            work: work
        )
        let access = ControlAccess(of: vault, authenticator)
        let credentials = CredentialsControl(of: vault, access)
        let rows = vault.vault
        let cost = CostControl(vault: rows, clock: vault.clock, access: access, work: work)
        let check = CheckControl(vault: rows, clock: vault.clock, access: access, work: work)
        let store = StoreControl(of: vault, access, work)
        let seed = SeedControl(of: vault, access, work)
        let reading = ControlRoute.reading
        routes =
            ControlSurface.routesOfHealth(health) + [
                ControlRoute("/_pocketvault/reset", ["POST"], replying: reset.answer),
                ControlRoute(
                    "/moto-api/reset",
                    ["POST"],
                    unless: Self.hasTarget,
                    replying: reset.answerMoto
                ),
                ControlRoute("/_pocketvault/clock", reading) { _ in clock.show() },
                ControlRoute("/_pocketvault/clock", ["POST"], replying: clock.adjust),
                ControlRoute("/_pocketvault/audit", reading, replying: audit.show),
                ControlRoute("/_pocketvault/audit/verify", reading, replying: audit.verify),
                ControlRoute("/_pocketvault/stream", reading, replying: stream.open),
                ControlRoute("/_pocketvault/stream", ["POST"], replying: tasks.report),
                ControlRoute(CredentialsControl.path, ["POST"], replying: credentials.issue),
                ControlRoute("\(CredentialsControl.path)/*", ["GET"], replying: credentials.give),
                ControlRoute("/_pocketvault/policy/explain", ["GET"], replying: policies.explain),
                ControlRoute(
                    "/_pocketvault/policy/simulate",
                    ["POST"],
                    replying: policies.simulate
                ),
                ControlRoute("/_pocketvault/policy/suggest", ["GET"], replying: policies.suggest),
                ControlRoute("/_pocketvault/cost", ["GET"], replying: cost.show),
                ControlRoute("/_pocketvault/check", ["GET"], replying: check.check),
                ControlRoute("/_pocketvault/check/scan", ["POST"], replying: check.scan),
                ControlRoute(SeedControl.path, ["POST"], replying: seed.apply),
                ControlRoute(SeedControl.path, ["GET"], replying: seed.export),
                ControlRoute(SeedControl.progressPath, reading, seed.tellProgress),
                ControlRoute("/_pocketvault/backup", ["GET"], replying: store.backup),
                ControlRoute("/_pocketvault/key/rotate", ["POST"], replying: store.rotateKey),
            ] + LocalStackControl(health: health).routes
            + ControlSurface.routesForTests(of: vault, access, work)
    }

    /// What whoever wants to use the server asks first.
    private static func routesOfHealth(_ health: HealthControl) -> [ControlRoute] {
        let reading = ControlRoute.reading
        return [
            ControlRoute(HealthControl.path, reading) { _ in health.alive() },
            ControlRoute(HealthControl.shortPath, reading, unless: Self.isPost) { _ in
                health.alive()
            },
            ControlRoute(HealthControl.readinessPath, reading) { _ in HealthControl.ready(true) },
            ControlRoute(TLSControl.path, reading) { _ in health.tls.give() },
        ]
    }

    /// What AWS cannot be asked for.
    private static func routesForTests(
        of vault: OpenVault,
        _ access: ControlAccess,
        _ work: ControlWork
    ) -> [ControlRoute] {
        let accounts = AccountControl(of: vault, access)
        let snapshots = SnapshotControl(of: vault, access, work)
        let faults = FaultControl(rules: vault.faults, clock: vault.clock, access: access)
        let assert = AssertControl(vault: vault.vault, watch: vault.trailWatch, work: work)
        return [
            ControlRoute(AccountControl.path, ["POST"], replying: accounts.make),
            ControlRoute("\(AccountControl.path)/*", ["DELETE"], replying: accounts.drop),
            ControlRoute(SnapshotControl.path, ControlRoute.reading, replying: snapshots.list),
            ControlRoute("\(SnapshotControl.path)/*", ["POST"], replying: snapshots.takeOrRestore),
            ControlRoute("\(SnapshotControl.path)/*", ["DELETE"], replying: snapshots.drop),
            ControlRoute(FaultControl.path, ControlRoute.reading, faults.list),
            ControlRoute(FaultControl.path, ["POST"], faults.add),
            ControlRoute(FaultControl.path, ["DELETE"], faults.clear),
            ControlRoute("\(FaultControl.path)/*", ["DELETE"], faults.remove),
            ControlRoute("/_pocketvault/assert", ["POST"], replying: assert.check),
        ]
    }

    /// Who answers a request; nil when it is for AWS.
    func handler(for request: HTTPRequest) -> ControlRoute.Handler? {
        // Where SDKs send their calls.
        guard request.path != "/" else { return nil }
        let rows = routes.filter { $0.isFor(request) }
        guard !rows.isEmpty else { return request.path.hasPrefix("/_") ? unknown : nil }
        if let row = rows.first(where: { $0.methods.contains(request.method) }) {
            return row.handler
        }
        let methods = rows.flatMap(\.methods).joined(separator: ", ")
        return { _, reply in
            reply(
                ControlAnswer.error(
                    405,
                    "MethodNotAllowed",
                    "This path takes \(methods) only.",
                    allow: methods
                )
            )
        }
    }

    private func unknown(_ request: HTTPRequest, _ reply: Reply) {
        let message = "There is nothing under this path; there are \(ownPaths)."
        reply(ControlAnswer.error(404, "NotFound", message))
    }

    /// Our own paths as a list to read: `/_pocketvault/health, …/ready and …/reset`.
    private var ownPaths: String {
        let prefix = "/_pocketvault"
        var paths: [String] = []
        // The rows of one path stand together.
        for path in routes.map(\.path) where path.hasPrefix(prefix) && path != paths.last {
            paths.append(path)
        }
        let texts = paths.prefix(1) + paths.dropFirst().map { "…\($0.dropFirst(prefix.count))" }
        return texts.dropLast().joined(separator: ", ") + " and " + (texts.last ?? "")
    }

    @Sendable private static func isPost(_ request: HTTPRequest) -> Bool {
        request.method == "POST"
    }

    @Sendable private static func hasTarget(_ request: HTTPRequest) -> Bool {
        request.headers["X-Amz-Target"] != nil
    }
}
