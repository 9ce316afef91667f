/// The operations of CloudTrail that are built, by the names of its API.
package enum CloudTrailAction: String, ServiceAction {
    package typealias Card = CloudTrail

    case lookupEvents = "LookupEvents"
}
