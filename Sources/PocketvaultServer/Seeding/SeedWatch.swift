internal import AWS
internal import Dispatch
internal import Glibc
internal import Logging
internal import Notation
internal import Storage
internal import System
internal import Threads

/// Applies the seed files again when one of them changes, as the system tells it.
///
/// Folders are watched and not the files, because editors put a new file in the place of the old one.
/// A document that is wrong is told in the log, and the vault stays as it is.
final class SeedWatch: Sendable {
    private let paths: [String]
    private let apply: @Sendable () -> Void
    private let logger: Logger
    private let queue = DispatchQueue(label: "pocketvault.seed-watch")
    private let source = Locked<(any DispatchSourceRead)?>(nil)
    private let state = Locked(State())

    private struct State {
        var isAwaited = false
        var isStopped = false
    }

    /// - Parameters:
    ///   - paths: files and folders.
    ///   - logger: where it is told that nothing can be watched.
    ///   - apply: is called some time after a change.
    init(of paths: [String], _ logger: Logger, apply: @escaping @Sendable () -> Void) {
        self.paths = paths.filter { $0 != SeedFile.standardInput }
        self.logger = logger
        self.apply = apply
    }

    func start() {
        guard !paths.isEmpty else { return }
        let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { return tell(".") }
        let events = UInt32(
            IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE
        )
        for folder in Set(paths.map(SeedWatch.folder)).sorted()
        where unsafe inotify_add_watch(descriptor, folder, events) < 0 { tell(folder) }
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { [weak self] in
            SeedWatch.drain(descriptor)
            self?.await()
        }
        source.setCancelHandler { close(descriptor) }
        self.source.withLock { $0 = source }
        source.activate()
    }

    /// Returns when nothing is applied any more.
    func stop() {
        state.withLock { $0.isStopped = true }
        source.withLock { source in
            source?.cancel()
            source = nil
        }
        queue.sync {}
    }

    /// The folder that tells of changes of a path: itself, or the one that it is in.
    private static func folder(of path: String) -> String {
        if Files.isFolder(path) { return path }
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Which file it was does not matter: all are read again.
    private static func drain(_ descriptor: Int32) {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            // Writes no more than the buffer holds.
            let count = unsafe buffer.withUnsafeMutableBytes { buffer in
                unsafe read(descriptor, buffer.baseAddress, buffer.count)
            }
            if count <= 0 { return }
        }
    }

    /// A checkout changes many files at once.
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
            if !isStopped { apply() }
        }
    }

    private func tell(_ folder: String) {
        logger.warning("Seeds cannot be watched.", metadata: ["path": "\(folder)"])
    }
}

extension OpenVault {
    /// Applies the seed files as they are now, as `seed apply` does, and says in the log what came
    /// of it.
    func applySeedsAgain() {
        do {
            let application = SeedApplication(
                plan: try seedOrigin.plan(),
                prunes: false,
                isRehearsal: false
            )
            let moment = SeedMoment(now: clock.now(), randomness: machine.randomness)
            let outcome = try vault.writeAloneAndWait { vault throws(APIError) in
                try application.run(in: vault, moment)
            }
            if let refusal = outcome.refusals.first { throw refusal }
            agentCache.removeAll()
            guard !outcome.changes.isEmpty else { return }
            logger.info(
                "Seeds applied.",
                metadata: [
                    "created": "\(outcome.changes.count { $0.action == .create })",
                    "changed": "\(outcome.changes.count { $0.action == .change })",
                ]
            )
        } catch let error as SeedError {
            logger.warning("Seeds not applied.", metadata: ["reason": "\(error.description)"])
        } catch {
            let reason = (error as? APIError).flatMap(\.cause) ?? "the vault could not be changed"
            logger.warning("Seeds not applied.", metadata: ["reason": "\(reason)"])
        }
    }
}
