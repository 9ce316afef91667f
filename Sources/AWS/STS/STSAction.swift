/// The operations of the Security Token Service that are built, of its API version 2011-06-15.
package enum STSAction: String, ServiceAction, CaseIterable {
    case assumeRole = "AssumeRole"
    case getCallerIdentity = "GetCallerIdentity"
    case getSessionToken = "GetSessionToken"

    /// As CloudTrail writes the service.
    package static let eventSource = "sts.amazonaws.com"
    package static let membersAreText = true

    /// The one version of the API that there is.
    package static let version = "2011-06-15"

    /// Sessions are nothing that anybody keeps.
    package var isReadOnly: Bool { true }
}
