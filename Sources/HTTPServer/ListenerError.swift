/// Why the server cannot listen, and what to do about it.
package enum ListenerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another program listens on the port.
    case portTaken(UInt16)
    /// The port is one of those that only root may take.
    case portReserved(UInt16)
    /// The address is not one of this machine.
    case addressNotHere(String)
    /// The host is a name, or nothing at all.
    case notAnAddress(String)
    /// Anything else, in the system's words.
    case system(String)

    package var description: String {
        switch self {
        case .portTaken(let port):
            "port \(port) is taken by another program; choose another with --port, or 0 for any"
        case .portReserved(let port):
            "port \(port) needs root; choose one of 1024 or more with --port"
        case .addressNotHere(let host):
            "\(host) is not an address of this machine; choose another with --host"
        case .notAnAddress(let host):
            "'\(host)' is not an IP address; --host takes one, as in 127.0.0.1, or localhost"
        case .system(let text):
            "cannot listen: \(text)"
        }
    }
}
