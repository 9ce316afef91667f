import AWS
import JSON
import Notation
import TestSupport
import Testing

/// The cases that every operation is put to.
enum ActionCase: String, Sendable, CaseIterable {
    case unknownSecret = "an unknown secret"
    case badName = "a bad name"
    case partialARN = "a partial ARN"
    case foreignRegion = "an ARN of another region"
    case foreignAccount = "an ARN of another account"
    case scheduled = "a secret scheduled for deletion"
    case serviceOwned = "a secret of another service"
    case empty = "a secret without a value"
    case replica = "a replica"
    case missingMember = "nothing in the request"
    case nullMember = "nothing but null in the request"
    case wrongType = "a member of a wrong type"
    case unknownMember = "a member that the operation does not know"
}

/// What must come of a call.
enum Expected: Sendable, Equatable {
    case success
    case refused(Refusal)
    /// A success that tells the error of one secret among `Errors`.
    case told(Refusal)
}

/// One row of the table: an operation, and what comes of each case.
///
/// All are written down: a new operation does not compile without its row, a new case not without
/// its column.
struct ActionRow: Sendable {
    /// The request about a secret; CreateSecret takes it for the new name.
    let request: @Sendable (_ secretID: String) -> JSONValue
    /// The request with a member of a wrong type in it.
    let mistyped: JSONValue
    /// The members of the answer, when it is a success about an ordinary secret.
    let answer: [String]
    let unknownSecret: Expected
    let badName: Expected
    let partialARN: Expected
    let foreignRegion: Expected
    let foreignAccount: Expected
    let scheduled: Expected
    let serviceOwned: Expected
    let empty: Expected
    let replica: Expected
    let missingMember: Expected
    let nullMember: Expected
    let wrongType: Expected
    let unknownMember: Expected

    func expected(in actionCase: ActionCase) -> Expected {
        switch actionCase {
        case .unknownSecret: unknownSecret
        case .badName: badName
        case .partialARN: partialARN
        case .foreignRegion: foreignRegion
        case .foreignAccount: foreignAccount
        case .scheduled: scheduled
        case .serviceOwned: serviceOwned
        case .empty: empty
        case .replica: replica
        case .missingMember: missingMember
        case .nullMember: nullMember
        case .wrongType: wrongType
        case .unknownMember: unknownMember
        }
    }
}
