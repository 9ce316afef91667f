package import AWS
package import Notation
internal import System

/// What a vault takes from the machine that it runs on; a test gives it another.
package struct Machine: Sendable {
    /// The time of day.
    package var now: @Sendable () -> Timestamp = SystemClock.now
    /// Where random numbers come from.
    package var randomness = Randomness {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
    /// What commands that rotate secrets are started with.
    package var environment = ProcessEnvironment.variables

    /// A UUID of chance.
    package func newUUID() -> String { randomness.uuid() }

    /// The machine as it is.
    package init() {}
}
