/// How full the vault is.
package struct VaultCounts: Sendable, Equatable {
    package let secrets: Int64
    package let versions: Int64

    package init(secrets: Int64, versions: Int64) {
        self.secrets = secrets
        self.versions = versions
    }
}
