/// Why a server does not start: one line that says what to do.
package struct StartError: Error, Sendable, CustomStringConvertible {
    /// What is in the way, and what to do about it.
    package let description: String

    /// - Parameter description: the one line.
    package init(description: String) {
        self.description = description
    }

    /// Runs `body`; its refusal, which is one line for people, becomes the server's.
    static func wrapping<Answer: ~Copyable, Failure: Error & CustomStringConvertible>(
        _ body: () throws(Failure) -> Answer
    ) throws(StartError) -> Answer {
        do throws(Failure) {
            return try body()
        } catch {
            throw StartError(description: error.description)
        }
    }
}
