package import Notation

/// The time in which a rotation is to happen: at `opens` or later, and before `closes`.
package struct RotationWindow: Sendable, Hashable {
    package let opens: Timestamp
    package let closes: Timestamp

    package init(opens: Timestamp, closes: Timestamp) {
        self.opens = opens
        self.closes = closes
    }

    /// NextRotationDate: "on or before this date", the last second of the window.
    package var nextRotationDate: Timestamp {
        Timestamp(milliseconds: closes.milliseconds - 1_000)
    }

    package func contains(_ moment: Timestamp) -> Bool {
        opens <= moment && moment < closes
    }
}
