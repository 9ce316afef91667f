/// The Security Token Service, API version 2011-06-15.
///
/// [API reference](https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html)
package enum STS: Service {
    package typealias Action = STSAction

    package static let signingName = "sts"
    package static let eventSource = "sts.amazonaws.com"
    package static let wire = WireProtocol.query(
        version: "2011-06-15",
        namespace: "https://sts.amazonaws.com/doc/2011-06-15/"
    )
    package static let operations = Action.allCases.map(\.operation)

    package static let faults: [APIError] = [
        .fault(.expiredIdentityToken), .fault(.invalidAuthorizationMessage),
        .fault(.invalidIdentityToken), .fault(.malformedPolicyDocument),
    ]
}

extension STSAction {
    package var operation: ServiceOperation {
        switch self {
        case .assumeRole: ServiceOperation(AssumeRole.self)
        case .assumeRoleWithWebIdentity: ServiceOperation(AssumeRoleWithWebIdentity.self)
        case .decodeAuthorizationMessage: ServiceOperation(DecodeAuthorizationMessage.self)
        case .getAccessKeyInfo: ServiceOperation(GetAccessKeyInfo.self)
        case .getCallerIdentity: ServiceOperation(GetCallerIdentity.self)
        case .getFederationToken: ServiceOperation(GetFederationToken.self)
        case .getSessionToken: ServiceOperation(GetSessionToken.self)
        }
    }
}

extension Operation where API == STSAction {
    /// Of STS, a federated user may ask who it is, and nothing else.
    package static var refusalOfFederatedUsers: APIError? { .calledBySession(action) }
}
