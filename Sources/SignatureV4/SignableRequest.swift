/// A request, as far as a signature covers it.
package protocol SignableRequest: Sendable {
    /// The method as sent.
    var method: String { get }
    /// The path as sent, percent-encoding left, without the query.
    var path: String { get }
    /// The query as sent, without the question mark; nil when there is none.
    var query: String? { get }
    /// The whole body.
    var body: [UInt8] { get }

    /// Gives `take` the bytes of each header of that name, in their order; ASCII case does not matter.
    func forEachValue(of name: String, _ take: (Span<UInt8>) -> Void)
}
