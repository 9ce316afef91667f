/// Why a server does not start: one line that says what to do.
package struct StartError: Error, Sendable, CustomStringConvertible {
    package let description: String
}
