import Cryptography
import Glibc
import Threads

extension [UInt8] {
    /// The bytes that `hexadecimal` digits stand for.
    init(hexadecimal: String) {
        let digits = hexadecimal.compactMap(\.hexDigitValue)
        precondition(digits.count == hexadecimal.count && digits.count.isMultiple(of: 2))
        self = stride(from: 0, to: digits.count, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }

    init(text: String) {
        self = Array(text.utf8)
    }

    /// The same bytes with one bit changed.
    func flippingBit(_ index: Int) -> [UInt8] {
        var bytes = self
        bytes[index / 8] ^= 1 << UInt8(index % 8)
        return bytes
    }
}

extension KeyMaterial {
    /// A copy that a test may compare.
    var bytes: [UInt8] {
        withBytes { span in span.indices.map { span[$0] } }
    }
}

/// Runs `body` on `count` threads of its own at once and gives what each returned.
func onThreads<Result: Sendable>(
    _ count: Int,
    _ body: @escaping @Sendable (Int) -> Result
) -> [Result] {
    let results = Locked<[Result]>([])
    let threads = (0..<count).map { index in
        let work = ThreadWork { results.append(body(index)) }
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            nil,
            { context in
                guard let context else { return nil }
                Unmanaged<ThreadWork>.fromOpaque(context).takeRetainedValue().run()
                return nil
            },
            Unmanaged.passRetained(work).toOpaque()
        )
        precondition(status == 0, "cannot start a thread")
        return thread
    }
    for thread in threads {
        pthread_join(thread, nil)
    }
    return results.withLock { $0 }
}

private final class ThreadWork: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}

extension Locked {
    fileprivate func append<Element: Sendable>(_ element: Element) where Value == [Element] {
        withLock { $0.append(element) }
    }
}
