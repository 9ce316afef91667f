internal import AWS
internal import Glibc
internal import Synchronization
internal import Threads

/// The files of an open vault: whether they are still the ones that were opened.
///
/// SQLite goes on with what it has open. When the folder is removed, the database replaced or its WAL
/// deleted, it would acknowledge writes that are gone with the process.
final class VaultFiles: Sendable {
    /// What became of the files.
    enum Loss: Sendable, Equatable {
        case gone(String)
        case replaced(String)
        case cut(String)
        /// Other contents were written into the same file.
        case overwritten(String)
        /// Another process changed rows of these tables.
        case changed(String, tables: [String])
    }

    private struct Identity: Sendable, Equatable {
        let device: dev_t
        let inode: ino_t
    }

    private struct State {
        /// The database has never less.
        var size: Int
        /// How its file begins; only a checkpoint of the writer changes that.
        var header: [UInt8]
        var isOverwritten = false
        /// Tables that another process changed: that stays so.
        var changedTables: [String] = []
        /// Why the latest batch was not written.
        var noticed: Loss?
    }

    let path: String
    /// Whether another process changed rows: nothing is read by them any more.
    private let hasChangedRows = Atomic(false)
    private let identities: [String: Identity]
    private let state: Locked<State>

    /// Takes the files of a connection that has read the database, so that all of them are there.
    init(of connection: Connection, at path: String) {
        self.path = path
        var identities: [String: Identity] = [:]
        for suffix in ["", "-wal", "-shm"] {
            identities[path + suffix] = VaultFiles.status(path + suffix).map(VaultFiles.identity)
        }
        self.identities = identities
        state = Locked(
            State(size: VaultFiles.status(path)?.st_size ?? 0, header: connection.fileHeader)
        )
    }

    /// What is wrong with them, as far as it can be told without the writer; nil when nothing is.
    var loss: Loss? {
        for (path, identity) in identities {
            guard let status = VaultFiles.status(path) else { return .gone(path) }
            guard VaultFiles.identity(status) == identity else { return .replaced(path) }
        }
        let state = state.withLock(\.self)
        // Another vault may be shorter than this one.
        if state.isOverwritten { return .overwritten(path) }
        if !state.changedTables.isEmpty { return .changed(path, tables: state.changedTables) }
        guard let status = VaultFiles.status(path) else { return .gone(path) }
        return status.st_size < state.size ? .cut(path) : nil
    }

    /// The same, before the writer writes.
    func loss(seenBy connection: Connection) -> Loss? {
        let header = connection.fileHeader
        state.withLock { $0.isOverwritten = !header.isEmpty && header != $0.header }
        let loss = loss
        state.withLock { $0.noticed = loss }
        return loss
    }

    /// The writer has found rows that it did not write.
    func noteChangedRows(in tables: [String]) -> Loss {
        let loss = Loss.changed(path, tables: tables)
        state.withLock { state in
            state.changedTables = tables
            state.noticed = loss
        }
        hasChangedRows.store(true, ordering: .releasing)
        return loss
    }

    /// What keeps readers from the rows that there are.
    var lossOfRows: Loss? {
        hasChangedRows.load(ordering: .relaxed) ? loss : nil
    }

    /// Why the latest batch was not written; nil when it was.
    var noticed: Loss? { state.withLock { $0.noticed } }

    /// What has become of the database is the writer's own doing.
    func noteWritten(by connection: Connection) {
        let header = connection.fileHeader
        let size = VaultFiles.status(path)?.st_size
        state.withLock { state in
            state.header = header
            state.size = max(state.size, size ?? 0)
        }
    }

    private static func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    private static func identity(_ status: stat) -> Identity {
        Identity(device: status.st_dev, inode: status.st_ino)
    }
}

extension VaultFiles.Loss {
    /// For people: what happened, and what to do.
    var sentence: String {
        switch self {
        case .gone(let path):
            "\(path) was removed while the vault was served, and nothing is written any more."
                + " Stop the server, put the file back or restore a backup, and start it again."
        case .replaced(let path):
            "\(path) was replaced while the vault was served, and nothing is written any more."
                + " Restart the server to serve what is there now."
        case .cut(let path):
            "\(path) was cut short while the vault was served, and nothing is written any more."
                + " Stop the server, restore a backup, and start it again."
        case .overwritten(let path):
            "\(path) was overwritten while the vault was served, and nothing is written any more."
                + " Restart the server to serve what is there now."
        case .changed(let path, let tables):
            "Another process changed \(path) while the vault was served, in:"
                + " \(tables.joined(separator: ", ")). Nothing is read or written any more."
                + " Stop the server, restore a backup, and start it again; or, if the change is meant,"
                + " start it once with --accept-changed-rows."
        }
    }

    /// Whether the database itself is untouched, and what its WAL has can be saved into it.
    func isAside(from database: String) -> Bool {
        switch self {
        case .gone(let path), .replaced(let path): path != database
        case .cut, .overwritten, .changed: false
        }
    }
}

extension VaultFailure {
    init(_ loss: VaultFiles.Loss) {
        self.init(loss.sentence, isTold: true)
    }
}
