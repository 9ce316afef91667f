internal import CSQLite

/// The memory that the process has from the system.
enum Heap {
    /// Gives back what is free; a peak would else be held as long as the process lives.
    static func trim() {
        pocketvault_trim_heap()
    }
}
