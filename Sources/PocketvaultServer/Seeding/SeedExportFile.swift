internal import AWS
internal import Dispatch
internal import Logging
internal import Threads

/// A file that has the shape of the vault, without values, so that it can be kept under version
/// control: it is written anew after each change, and gets its name when it is whole.
final class SeedExportFile: Sendable {
    private let path: String
    private let export: SeedExport
    private let vault: any Vault
    private let logger: Logger
    private let queue = DispatchQueue(label: "pocketvault.seed-export")
    private let state = Locked(State())

    private struct State {
        var isAwaited = false
        var isStopped = false
        var hasFailed = false
        var written: [UInt8] = []
    }

    /// Nil when nobody asked for it.
    init?(_ configuration: Configuration, of vault: any Vault, _ logger: Logger) {
        guard let path = configuration.exportPath else { return nil }
        self.path = path
        export = SeedExport(
            account: configuration.account,
            region: configuration.region,
            includesValues: false
        )
        self.vault = vault
        self.logger = logger
    }

    /// Writes the file, and begins to look after each commit.
    func start() {
        queue.sync { write() }
        vault.follow { [weak self] in self?.await() }
    }

    /// Writes what the last changes made of the vault.
    func stop() {
        state.withLock { $0.isStopped = true }
        queue.sync { write() }
    }

    /// Changes that come together are written together.
    private func await() {
        let isFirst = state.withLock { state in
            defer { state.isAwaited = true }
            return !state.isAwaited
        }
        guard isFirst else { return }
        queue.asyncAfter(deadline: .now() + .milliseconds(100)) { [weak self] in
            guard let self else { return }
            let isStopped = state.withLock { state in
                state.isAwaited = false
                return state.isStopped
            }
            if !isStopped { write() }
        }
    }

    private func write() {
        let document: [UInt8]
        do throws(APIError) {
            document = try vault.reading { vault throws(APIError) in
                try export.document(of: vault)
            }
        } catch {
            return tell(error.cause ?? error.code.rawValue)
        }
        // A read changes the vault too, and nothing that is in the file.
        guard document != state.withLock({ $0.written }) else { return }
        do throws(StartError) {
            try WholeFile.replace(path, with: document)
            state.withLock { state in
                state.written = document
                state.hasFailed = false
            }
        } catch {
            tell(error.description)
        }
    }

    /// Once, until it succeeds again.
    private func tell(_ reason: String) {
        let isNews = state.withLock { state in
            defer { state.hasFailed = true }
            return !state.hasFailed
        }
        guard isNews else { return }
        logger.warning(
            "The vault's shape could not be exported.",
            metadata: ["path": "\(path)", "reason": "\(reason)"]
        )
    }
}
