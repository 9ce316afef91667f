internal import Client
internal import PocketvaultServer

/// Why a vault did not start, or did not do what it was asked.
public struct PocketvaultError: Error, CustomStringConvertible {
    /// What went wrong and what to do about it, in a line.
    public let description: String

    init(_ error: StartError) {
        description = error.description
    }

    init(_ error: ClientError) {
        description = error.description
    }

    init(_ description: String) {
        self.description = description
    }
}
