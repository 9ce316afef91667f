internal import Client
internal import Dispatch
internal import JSON
internal import SignatureV4
internal import Threads

/// The callers of the demo: programs and people who read, are refused, change and rotate, each in its
/// own time.
///
/// They call by the public API with keys of their own, as anybody does.
final class Cast: Sendable {
    private let endpoint: Endpoint
    private let queue = DispatchQueue(label: "pocketvault.cast")
    private let isOver = Locked(false)

    init(calling endpoint: Endpoint) {
        self.endpoint = endpoint
    }

    /// What happened before anybody looked: some versions, a secret that goes, a few rotations.
    ///
    /// - Parameter clockRate: how many times as fast as the machine's the vault's clock runs from
    ///   then on.
    /// - Throws: why the vault did not take it.
    func rehearse(clockRate: Int64) throws(ClientError) {
        for fault in CastMember.faults {
            _ = try root.control.object("POST", "/_pocketvault/faults", body: .object(fault))
        }
        try setClock("advance", .string("PT5H"))
        try root.call(CastMember.farewell.operation, CastMember.farewell.members)
        for member in CastMember.all {
            for line in member.lines { say(line, member) }
        }
        try setClock("advance", .string("PT10H"))
        try setClock("rate", .number(JSONNumber(clockRate)))
    }

    private func setClock(_ name: String, _ value: JSONValue) throws(ClientError) {
        let order = JSONValue.object(JSONObject([(name: name, value: value)]))
        _ = try root.control.object("POST", "/_pocketvault/clock", body: order)
    }

    /// Makes a call; a refusal is part of the play.
    private func say(_ line: CastMember.Line, _ member: CastMember) {
        _ = try? client(as: member.keyID).call(line.operation, line.members)
    }

    /// Begins, and goes on until it is stopped.
    func play() {
        for member in CastMember.all { play(member, turn: 0) }
    }

    private func play(_ member: CastMember, turn: Int) {
        let pause = DispatchTimeInterval.milliseconds(member.pauseMilliseconds)
        queue.asyncAfter(deadline: .now() + pause) { [weak self] in
            guard let self, !isOver.withLock({ $0 }) else { return }
            say(member.lines[turn % member.lines.count], member)
            play(member, turn: turn + 1)
        }
    }

    /// Ends; the call that somebody is in the middle of is waited for.
    func stop() {
        isOver.withLock { $0 = true }
        queue.sync {}
    }

    private var root: VaultClient { client(as: Identity.testCredentials.keyID) }

    private func client(as keyID: String) -> VaultClient {
        let credentials = SigningCredentials(keyID: keyID, secret: "invented-demo-secret")
        let identity = Identity(credentials: credentials, region: Identity.defaultRegion)
        return VaultClient(over: Transports.to(endpoint), as: identity)
    }
}
