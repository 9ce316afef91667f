internal import CSocketGate
internal import Threads

/// Where what libmicrohttpd says by itself is stopped, on its way to the socket.
///
/// Of all that the process sends, it concerns connections of our listeners alone, and of these what
/// begins as a refusal does while no answer of ours is there: then nobody but libmicrohttpd can have
/// said it. Whatever the bytes of an answer of ours are, they pass.
enum SocketGate {
    private struct Watched {
        let connection: OpenConnection
        let handling: HandlerContext
    }

    private static let watched = Locked<[Int32: Watched]>([:])

    /// Once for the process.
    private static let isThere: Void = socket_gate_watch(judge, noteEnding)

    /// From now on the connection has only our words.
    static func watch(_ connection: OpenConnection, by handling: HandlerContext) {
        _ = isThere
        let entry = Watched(connection: connection, handling: handling)
        watched.withLock { $0[connection.descriptor] = entry }
    }

    /// Its descriptor is about to be another one's.
    static func forget(_ connection: OpenConnection) {
        HeldAnswers.send()
        watched.withLock { $0[connection.descriptor] = nil }
    }

    private static let judge: socket_gate_judge = { socket, head, headSize, body, bodySize in
        guard let entry = watched.withLock({ $0[socket] }), !entry.connection.isAnswered else {
            return socket_gate_pass
        }
        if entry.connection.lastWords == nil {
            let answer = OwnAnswer(
                head: UnsafeRawBufferPointer(start: head, count: headSize),
                body: UnsafeRawBufferPointer(start: body, count: bodySize)
            )
            entry.handling.refuse(insteadOf: answer, on: entry.connection)
        }
        return switch entry.connection.lastWords?.send(to: socket) {
        case .sent, nil: socket_gate_taken
        case .blocked: socket_gate_later
        case .broken: socket_gate_broken
        }
    }

    private static let noteEnding: socket_gate_listener = { socket in
        guard let entry = watched.withLock({ $0[socket] }) else { return }
        entry.handling.noteEnding(of: entry.connection)
    }
}
