/// How long a session lasts that somebody makes of its own credentials.
enum SessionDuration {
    static let bounds: ClosedRange<Int64> = 900...129_600

    private static let usual: Int64 = 43_200
    /// For the root of an account, whose sessions AWS keeps short.
    private static let longestOfRoot: Int64 = 3_600

    static func seconds(_ asked: Int64?, ofRoot isRoot: Bool) -> Int64 {
        min(asked ?? usual, isRoot ? longestOfRoot : .max)
    }
}

extension Caller {
    /// The number of the user whose key it is; nil for the root of the account.
    ///
    /// - Throws: AccessDenied when the credentials are those of a session.
    func longTermUser(calling action: STSAction) throws(APIError) -> Int64? {
        switch principal.kind {
        case .root where !isSession: return nil
        case .user where !isSession: return principal.holderID
        default: throw .calledBySession(action)
        }
    }
}
