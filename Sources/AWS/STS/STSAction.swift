/// The operations of the Security Token Service that are built, of its API version 2011-06-15.
package enum STSAction: String, ServiceAction, CaseIterable {
    case getCallerIdentity = "GetCallerIdentity"

    /// As CloudTrail writes the service.
    package static let eventSource = "sts.amazonaws.com"

    /// The one version of the API that there is.
    package static let version = "2011-06-15"

    /// None of them changes anything.
    package var isReadOnly: Bool { true }
}
