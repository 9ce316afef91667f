internal import CMicroHTTPD
internal import Glibc

/// From where a client has connected, as the kernel gives it.
struct ClientAddress: Sendable {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// Takes the next client that waits at a socket; nil when there is none, or `errno` says why not.
    static func accept(at socket: Int32) -> (descriptor: Int32, address: ClientAddress)? {
        var address = ClientAddress()
        let descriptor = withUnsafeMutableBytes(of: &address.storage) { bytes in
            pocketvault_accept(
                socket,
                bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                &address.length
            )
        }
        return descriptor < 0 ? nil : (descriptor, address)
    }

    /// Lets the body have it in the form of C.
    func withPointer<Answer>(_ body: (UnsafePointer<sockaddr>?, socklen_t) -> Answer) -> Answer {
        withUnsafeBytes(of: storage) { bytes in
            body(bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), length)
        }
    }
}
