internal import CSocketGate

/// Answers that are made and not sent yet: those of a thread to requests that came at once go out together.
///
/// They wait for one another, so a handler sends them before it does what takes longer than a read does.
package enum HeldAnswers {
    /// Sends what this thread holds back.
    package static func send() { socket_gate_send_held() }
}
