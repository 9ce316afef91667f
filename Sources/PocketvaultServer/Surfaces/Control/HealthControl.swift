internal import AWS
internal import HTTPServer
internal import JSON
internal import Notation

/// Says whether the server is alive, and whether it is ready.
struct HealthControl: Sendable {
    let vault: any Vault
    let fileLoss: FileLoss
    let signatures: SignatureMode
    let policies: PolicyMode
    let scope: Scope
    let tls: TLSControl

    init(of vault: OpenVault) {
        self.vault = vault.vault
        fileLoss = vault.fileLoss
        signatures = vault.configuration.signatures
        policies = vault.configuration.policies
        scope = vault.configuration.scope
        tls = TLSControl(of: vault)
    }

    static let path = "/_pocketvault/health"
    /// A name that could be anybody's.
    static let shortPath = "/health"
    static let readinessPath = "/_pocketvault/ready"

    /// Before the vault is open.
    static func starting() -> Answer {
        Answer(
            ControlAnswer.json(200) { writer in
                writer.name("status")
                writer.string("starting")
                writer.name("version")
                writer.string(Server.version)
            }
        )
    }

    /// Alive, when the store answers, and would take a write.
    func alive() -> Answer {
        if let loss = fileLoss.look() {
            return ControlAnswer.error(503, "StoreUnavailable", loss)
        }
        let counts: VaultCounts
        do throws(APIError) {
            counts = try vault.reading { vault throws(APIError) in try vault.counts() }
        } catch {
            return ControlAnswer.error(
                503,
                "StoreUnavailable",
                "The vault's file does not answer; the log says why.",
                cause: error.cause ?? error.message
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
                for service in Services.all {
                    writer.name(service.signingName)
                    writer.string("running")
                }
                writer.endObject()
                writer.name("secrets")
                writer.integer(counts.secrets)
                writer.name("versions")
                writer.integer(counts.versions)
                // By these a client knows what it needs in order to call.
                writer.name("signatures")
                writer.string(signatures.rawValue)
                writer.name("iam")
                writer.string(policies.rawValue)
                writer.name("account")
                writer.string(scope.account)
                writer.name("region")
                writer.string(scope.region)
                tls.write(to: &writer)
                AuditControl.writeDropped(vault.droppedAuditRecords, to: &writer)
            }
        )
    }

    /// Whether the seeds are in.
    static func ready(_ isReady: Bool) -> Answer {
        Answer(
            ControlAnswer.json(isReady ? 200 : 503) { writer in
                writer.name("ready")
                writer.bool(isReady)
            }
        )
    }
}
