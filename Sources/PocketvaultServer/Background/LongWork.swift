internal import Dispatch

/// Runs what may take long: one after the other, away from the listeners' threads.
final class LongWork: Sendable {
    private let queue = DispatchQueue(label: "pocketvault.long-work")

    func run(_ work: @escaping @Sendable () -> Void) {
        queue.async(execute: work)
    }
}
