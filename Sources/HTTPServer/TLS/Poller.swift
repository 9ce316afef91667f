internal import CMicroHTTPD
internal import Glibc

/// Waits until one of many sockets is ready, or somebody rings.
final class Poller: Sendable {
    /// By what the owner knows a socket; nought is the bell.
    typealias Tag = UInt64

    private let descriptor: Int32
    private let bell: Int32

    /// Nil when the system has no descriptors for it.
    init?() {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0, bell >= 0, add(bell, 0, Poller.readable) else { return nil }
    }

    deinit {
        close(descriptor)
        close(bell)
    }

    /// There is something to read, or never will be.
    static let readable = EPOLLIN.rawValue
    /// It has become ready for what it was not before: whoever is told goes on until nothing goes any
    /// more.
    static let changes = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLET.rawValue

    /// Watches a socket until it is closed or removed.
    @discardableResult
    func add(_ socket: Int32, _ tag: Tag, _ events: UInt32) -> Bool {
        var event = epoll_event(events: events, data: epoll_data_t(u64: tag))
        return epoll_ctl(descriptor, EPOLL_CTL_ADD, socket, &event) == 0
    }

    func remove(_ socket: Int32) {
        var event = epoll_event()
        epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, &event)
    }

    /// Ends a wait, now or when it begins; from any thread.
    func ring() {
        var one: UInt64 = 1
        _ = write(bell, &one, 8)
    }

    /// - Returns: which are ready, when the time is over at the latest.
    func wait(milliseconds: Int) -> [Tag] {
        withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 64) { events in
            let count = epoll_wait(
                descriptor,
                events.baseAddress,
                Int32(events.count),
                Int32(clamping: milliseconds)
            )
            var tags: [Tag] = []
            for event in events.prefix(Int(max(0, count))) {
                guard event.data.u64 == 0 else {
                    tags.append(event.data.u64)
                    continue
                }
                var rung: UInt64 = 0
                _ = read(bell, &rung, 8)
            }
            return tags
        }
    }
}
