/// What policies are told of the connection that a call comes by.
package enum SecureTransport: String, Sendable, CaseIterable {
    /// That it is encrypted, as it is with AWS, whose endpoints take nothing else.
    case assumed
    /// What it is here.
    case wire
}
