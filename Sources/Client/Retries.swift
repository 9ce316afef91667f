internal import Glibc

/// How often a call is tried, and how long is waited in between: twice as long each time, or as long
/// as the service asks.
package struct Retries: Sendable {
    /// How often at most, the first time included.
    package var attempts: Int
    private let pause: @Sendable (_ milliseconds: Int) -> Void

    /// - Parameters:
    ///   - attempts: how often at most, the first time included.
    ///   - pause: waits.
    package init(
        attempts: Int,
        pause: @escaping @Sendable (_ milliseconds: Int) -> Void = Retries.sleep
    ) {
        self.attempts = attempts
        self.pause = pause
    }

    /// As the SDKs have it.
    package static let standard = Retries(attempts: 3)
    /// For work of many calls, which a service may well ask to go slower: gives up after minutes.
    package static let patient = Retries(attempts: 12)

    private static let longestMilliseconds = 20_000

    /// Runs a call until it succeeds, fails for good, or was tried often enough.
    func run<Answer>(_ call: () throws(ClientError) -> Answer) throws(ClientError) -> Answer {
        var attempt = 1
        while true {
            do throws(ClientError) {
                return try call()
            } catch {
                guard let refusal = error.refusal, refusal.isPassing, attempt < attempts else {
                    throw error
                }
                let asked = (refusal.retryAfterSeconds ?? 0) * 1_000
                let backoff = 100 << min(attempt, 10)
                pause(min(max(asked, backoff), Retries.longestMilliseconds))
                attempt += 1
            }
        }
    }

    /// Does nothing for so long.
    package static func sleep(_ milliseconds: Int) {
        usleep(UInt32(milliseconds) * 1_000)
    }
}
