internal import CMicroHTTPD
internal import Threads

/// The body of an answer that is made while it is sent, for as long as both sides want it.
///
/// It is asked for the next piece whenever the client has room. When there is nothing to send the
/// connection sleeps, without a thread, until somebody calls `wake`. A client that reads slowly is
/// asked for less often; nothing is kept for it here but the rest of one piece.
package final class BodyStream: Sendable {
    /// What comes next.
    package enum Piece: Sendable {
        case bytes([UInt8])
        /// Nothing yet: the connection sleeps until it is woken.
        case later
        /// Nothing more.
        case end
        /// Nothing more, and the client sees that it is not whole.
        case cut
    }

    private enum Ending {
        case whole, cut
    }

    private struct State {
        /// Set while the connection is suspended, when libmicrohttpd neither closes nor frees it.
        var sleeping: OpaquePointer?
        /// Somebody called since the source was asked last.
        var isWoken = false
        var ending: Ending?
        /// What the source gave and the connection had no room for.
        var rest: ArraySlice<UInt8> = []

        /// What can be told without the source; nil when it must be asked.
        mutating func ready(for buffer: UnsafeMutableRawBufferPointer) -> Int? {
            if ending == .cut { return pocketvault_body_cut }
            let count = min(rest.count, buffer.count)
            if count > 0 {
                buffer.copyBytes(from: rest.prefix(count))
                rest = rest.dropFirst(count)
                return count
            }
            return ending == .whole ? pocketvault_body_end : nil
        }
    }

    private let state = Locked(State())
    /// How long the whole is; nil where nobody knows.
    let byteCount: Int?
    /// Gives the next piece; for the connection's thread alone.
    package let next: @Sendable () -> Piece
    private let closed: @Sendable () -> Void

    /// A body that `next` makes.
    ///
    /// - Parameters:
    ///   - byteCount: how long the whole is, where that is known before it is made.
    ///   - next: gives the next piece, on the connection's thread; it must not block for long. After
    ///     `later` it is asked again when it was woken, which may be for nothing.
    ///   - closed: the answer is sent, its client gone, or it was never begun.
    package init(
        byteCount: Int? = nil,
        next: @escaping @Sendable () -> Piece,
        closed: @escaping @Sendable () -> Void = {}
    ) {
        self.byteCount = byteCount
        self.next = next
        self.closed = closed
    }

    deinit {
        closed()
    }

    /// There may be something to send; may be called from any thread, and at any time.
    package func wake() {
        state.withLock { resume(&$0) }
    }

    /// Sends what is at hand of a piece, and nothing more: the answer is whole.
    package func end() {
        finish(.whole)
    }

    /// Breaks the connection off: the client sees that the answer is not whole.
    package func cut() {
        finish(.cut)
    }

    private func finish(_ ending: Ending) {
        state.withLock { state in
            if state.ending == nil { state.ending = ending }
            resume(&state)
        }
    }

    /// Under the lock, as suspending is: a resume that overtook its suspend would be for nothing, and
    /// a stop that ended all streams may rely on none being suspended.
    private func resume(_ state: inout State) {
        state.isWoken = true
        guard let connection = state.sleeping.take() else { return }
        MHD_resume_connection(connection)
    }

    /// Fills the buffer of a connection that has room, or puts the connection to sleep.
    ///
    /// - Returns: the number of bytes, 0 when the connection sleeps, or how the answer ends.
    func fill(_ buffer: UnsafeMutableRawBufferPointer, of connection: OpaquePointer) -> Int {
        while true {
            let ready = state.withLock { state in
                state.isWoken = false
                return state.ready(for: buffer)
            }
            if let ready { return ready }
            switch next() {
            case .bytes(let bytes): state.withLock { $0.rest = bytes[...] }
            case .end: end()
            case .cut: cut()
            case .later:
                let sleeps = state.withLock { state in
                    guard !state.isWoken, state.ending == nil else { return false }
                    MHD_suspend_connection(connection)
                    state.sleeping = connection
                    return true
                }
                if sleeps { return 0 }
            }
        }
    }
}
