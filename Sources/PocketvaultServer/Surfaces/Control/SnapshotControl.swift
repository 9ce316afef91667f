internal import AWS
internal import HTTPServer
internal import JSON
internal import Notation

/// What is kept of the vault, or of one account, under a name: `GET /_pocketvault/snapshots`, and
/// `POST …/NAME` takes one, `POST …/NAME/restore` puts it back, `DELETE …/NAME` drops it.
///
/// Where signatures are verified, the root of an account may do that with its account, and the root of
/// the server's own account with all.
struct SnapshotControl: Sendable {
    static let path = "/_pocketvault/snapshots"

    let vault: any Vault
    let clock: VaultClock
    let scheduler: Scheduler
    let agentCache: AgentCache
    let madeAccounts: MadeAccounts
    let access: ControlAccess
    let work: ControlWork

    @Sendable func list(_ request: HTTPRequest, _ reply: @escaping Reply) {
        work.run(reply) { () throws(ControlOrder.Refusal) in
            try access.requireOwner(request)
            let snapshots = try vault.controlReading { vault throws(APIError) in
                try vault.snapshots()
            }
            return Answer(
                ControlAnswer.json(200) { writer in
                    writer.name("snapshots")
                    writer.beginArray()
                    for snapshot in snapshots {
                        writer.beginObject()
                        SnapshotControl.write(snapshot, to: &writer)
                        writer.endObject()
                    }
                    writer.endArray()
                }
            )
        }
    }

    @Sendable func takeOrRestore(_ request: HTTPRequest, _ reply: @escaping Reply) {
        let name = SnapshotControl.name(in: request)
        if name.hasSuffix(SnapshotControl.restoring) {
            restore(String(name.dropLast(SnapshotControl.restoring.utf8.count)), request, reply)
        } else {
            take(name, request, reply)
        }
    }

    private func take(_ name: String, _ request: HTTPRequest, _ reply: @escaping Reply) {
        let account: String?
        do throws(ControlOrder.Refusal) {
            try SnapshotControl.check(name)
            account = try ControlOrder.account("account", in: request)
            try requireOwner(of: try find(name), request, account)
        } catch {
            return reply(error.answer)
        }
        if let account { madeAccounts.noteUse(of: account) }
        let new = NewSnapshot(name: name, account: account, takenAt: clock.now())
        vault.writeAlone { vault throws(APIError) in
            try vault.takeSnapshot(new)
        } then: { result in
            switch result {
            case .success(let snapshot):
                reply(
                    Answer(
                        ControlAnswer.json(200) { SnapshotControl.write(snapshot, to: &$0) },
                        operation: "TakeSnapshot"
                    )
                )
            case .failure(let error):
                reply(ControlAnswer.storeFailed(cause: error.cause ?? error.message))
            }
        }
    }

    private func restore(_ name: String, _ request: HTTPRequest, _ reply: @escaping Reply) {
        let account: String?
        do throws(ControlOrder.Refusal) {
            try SnapshotControl.check(name)
            let wanted = try ControlOrder.account("account", in: request)
            try access.requireOwner(request, orRootOf: wanted)
            guard let snapshot = try find(name) else { throw SnapshotControl.missing(name) }
            if let wanted, let kept = snapshot.account, wanted != kept {
                throw ControlOrder.Refusal(
                    "The snapshot \(name) is of account \(kept), and not of \(wanted).",
                    status: 409,
                    code: "SnapshotOfAnotherAccount"
                )
            }
            account = wanted ?? snapshot.account
            try access.requireOwner(request, orRootOf: account)
        } catch {
            return reply(error.answer)
        }
        vault.writeAlone { vault throws(APIError) -> Snapshot? in
            // It may be another one by now, or gone.
            guard let snapshot = try vault.snapshot(named: name) else { return nil }
            try vault.restore(snapshot, account: account)
            return snapshot
        } then: { result in
            switch result {
            case .success(let snapshot?):
                agentCache.removeAll()
                madeAccounts.look()
                if let account { madeAccounts.noteUse(of: account) }
                scheduler.look()
                reply(
                    Answer(
                        ControlAnswer.json(200) { SnapshotControl.write(snapshot, to: &$0) },
                        operation: "RestoreSnapshot"
                    )
                )
            case .success(nil): reply(SnapshotControl.missing(name).answer)
            case .failure(let error):
                reply(ControlAnswer.storeFailed(cause: error.cause ?? error.message))
            }
        }
    }

    @Sendable func drop(_ request: HTTPRequest, _ reply: @escaping Reply) {
        let name = SnapshotControl.name(in: request)
        do throws(ControlOrder.Refusal) {
            try SnapshotControl.check(name)
            try requireOwner(of: try find(name), request, nil)
        } catch {
            return reply(error.answer)
        }
        vault.writeAlone { vault throws(APIError) -> Bool in
            guard let snapshot = try vault.snapshot(named: name) else { return false }
            try vault.delete(snapshot)
            return true
        } then: { result in
            switch result {
            case .success(true): reply(ControlAnswer.done("DropSnapshot"))
            case .success(false): reply(SnapshotControl.missing(name).answer)
            case .failure(let error):
                reply(ControlAnswer.storeFailed(cause: error.cause ?? error.message))
            }
        }
    }

    /// Whoever takes or drops a snapshot must own what is kept under the name already.
    private func requireOwner(
        of present: Snapshot?,
        _ request: HTTPRequest,
        _ account: String?
    ) throws(ControlOrder.Refusal) {
        try access.requireOwner(request, orRootOf: account ?? present?.account)
        guard let present else { return }
        try access.requireOwner(request, orRootOf: present.account)
    }

    private func find(_ name: String) throws(ControlOrder.Refusal) -> Snapshot? {
        try vault.controlReading { vault throws(APIError) in try vault.snapshot(named: name) }
    }

    private static let restoring = "/restore"

    private static func name(in request: HTTPRequest) -> String {
        String(request.path.dropFirst(path.utf8.count + 1))
    }

    private static func check(_ name: String) throws(ControlOrder.Refusal) {
        guard Snapshot.isName(name) else {
            throw ControlOrder.Refusal(
                "The name of a snapshot has 1 to 64 letters, digits, dots, underscores or hyphens."
            )
        }
    }

    private static func missing(_ name: String) -> ControlOrder.Refusal {
        ControlOrder.Refusal(
            "There is no snapshot \(name); GET \(path) lists those there are.",
            status: 404,
            code: "SnapshotNotFound"
        )
    }

    private static func write(_ snapshot: Snapshot, to writer: inout JSONWriter) {
        writer.member("name", snapshot.name)
        writer.member("account", snapshot.account)
        writer.member("secrets", snapshot.secrets)
        writer.member("takenAt", snapshot.takenAt.text)
    }
}

extension SnapshotControl {
    init(of vault: OpenVault, _ access: ControlAccess, _ work: ControlWork) {
        self.init(
            vault: vault.vault,
            clock: vault.clock,
            scheduler: vault.scheduler,
            agentCache: vault.agentCache,
            madeAccounts: vault.madeAccounts,
            access: access,
            work: work
        )
    }
}
