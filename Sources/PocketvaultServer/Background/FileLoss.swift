internal import AWS
internal import Logging
internal import Storage
internal import Threads

/// Says in the log, once, that the vault's files are not what they were.
final class FileLoss: Sendable {
    private let store: SQLiteVault
    private let logger: Logger
    private let told = Locked<String?>(nil)

    init(of store: SQLiteVault, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// Begins to hear of writes that were refused.
    func start() {
        store.follow { [weak self] in
            guard let self, let loss = store.noticedLoss else { return }
            tell(loss.description)
        }
    }

    /// Looks at the files: why nothing can be written; nil when they are as they were.
    func look() -> String? {
        let sentence = store.loss?.description
        if let sentence { tell(sentence) }
        return sentence
    }

    private func tell(_ sentence: String) {
        let isNews = told.withLock { told in
            defer { told = sentence }
            return told != sentence
        }
        if isNews { logger.critical("\(sentence)") }
    }
}
