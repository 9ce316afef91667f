/// How much an answer tells of a user, a role or a policy.
enum AnswerForm: Sendable {
    /// The answer of the operation that made it leaves out what it could only repeat.
    case made
    case whole
    /// Lists leave out what takes a look-up each.
    case listed
}
