internal import AWS

/// Whether anybody can get in where signatures are verified.
enum WayIn {
    /// Refuses to serve what nobody could get into.
    static func check(
        _ configuration: Configuration,
        _ vault: any Vault
    ) throws(StartError) {
        guard configuration.signatures == .verify, configuration.rootCredentials == nil else {
            return
        }
        let hasKeys: Bool
        do throws(APIError) {
            hasKeys = try vault.reading { vault throws(APIError) in
                try vault.hasAccessKeys()
            }
        } catch {
            let cause = error.cause ?? error.code.rawValue
            throw StartError(description: "the vault's access keys cannot be read: \(cause)")
        }
        guard !hasKeys else { return }
        throw StartError(
            description: """
                signatures are to be verified and nobody has an access key: set \
                POCKETVAULT_ROOT_CREDENTIALS to KEYID:SECRET, or name principals in a seed
                """
        )
    }
}
