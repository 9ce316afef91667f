internal import CPostgreSQL

/// PostgreSQL's client library, which is opened when it is first needed.
struct LibPQ: Sendable {
    let functions: pocketvault_pq

    /// Nil when it is not installed.
    static let shared = LibPQ()

    private init?() {
        var functions = pocketvault_pq()
        guard pocketvault_pq_open(&functions) != 0 else { return nil }
        self.functions = functions
    }

    func beQuiet(_ connection: OpaquePointer) {
        withUnsafePointer(to: functions) { pocketvault_pq_be_quiet($0, connection) }
    }

    /// Waits a moment; tells whether the connection can be read, or written.
    func canGoOn(_ connection: OpaquePointer, toWrite: Bool) -> Bool {
        withUnsafePointer(to: functions) {
            pocketvault_pq_wait($0, connection, toWrite ? 1 : 0, 50) != 0
        }
    }

    /// Takes over a text that the library made.
    func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String? {
        guard let pointer else { return nil }
        defer { functions.free_memory(pointer) }
        return String(cString: pointer)
    }
}
