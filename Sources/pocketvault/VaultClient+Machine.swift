internal import Client
internal import Notation
internal import PocketvaultServer

extension VaultClient {
    /// A client with the machine's own time and chance.
    init(over transport: any Transport, as identity: Identity) {
        let machine = Machine()
        self.init(over: transport, as: identity, now: machine.now, newToken: machine.newUUID)
    }

    /// What time it is there: a vault's clock may have been moved.
    var time: Timestamp {
        guard !transport.isAWS, let now = try? ServerOption.now(of: control) else {
            return Machine().now()
        }
        return now
    }

    /// The same client in a region.
    func calling(in region: String) -> VaultClient {
        VaultClient(
            over: transport,
            as: Identity(credentials: identity.credentials, region: region)
        )
    }
}
