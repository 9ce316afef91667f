/// The operations of CloudTrail that are built, of its API version 2013-11-01.
package enum CloudTrailAction: String, ServiceAction, CaseIterable {
    case lookupEvents = "LookupEvents"

    /// As CloudTrail writes itself.
    package static let eventSource = "cloudtrail.amazonaws.com"

    /// What stands before the operation's name in `X-Amz-Target`.
    package static let targetPrefix = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101"

    /// None of them changes anything.
    package var isReadOnly: Bool { true }
}
