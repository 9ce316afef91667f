/// Why a server does not start: one line that says what to do.
package struct StartError: Error, Sendable, CustomStringConvertible {
    /// What is in the way, and what to do about it.
    package let description: String
}
