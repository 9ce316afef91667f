/// What is done about the signatures of requests.
package enum SignatureMode: String, Sendable, CaseIterable {
    /// Nothing: whoever reaches the server may use it, as whom the access key id says.
    case ignore
    /// A request without a valid one is refused as AWS does.
    case verify
}
