/// What a JSON value is, without its content.
///
/// Truth and falsehood are two kinds because AWS names them apart when a member has a wrong type.
package enum JSONKind: Sendable, Equatable, CaseIterable {
    case null
    case `true`
    case `false`
    case number
    case string
    case array
    case object
}
