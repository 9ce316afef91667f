/// The operations of STS that are built, by the names of its API.
package enum STSAction: String, ServiceAction {
    package typealias Card = STS

    case assumeRole = "AssumeRole"
    case assumeRoleWithWebIdentity = "AssumeRoleWithWebIdentity"
    case decodeAuthorizationMessage = "DecodeAuthorizationMessage"
    case getAccessKeyInfo = "GetAccessKeyInfo"
    case getCallerIdentity = "GetCallerIdentity"
    case getFederationToken = "GetFederationToken"
    case getSessionToken = "GetSessionToken"
}
