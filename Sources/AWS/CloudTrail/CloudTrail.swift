/// CloudTrail, API version 2013-11-01.
///
/// [API reference](https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/Welcome.html)
package enum CloudTrail: Service {
    package typealias Action = CloudTrailAction

    package static let signingName = "cloudtrail"
    package static let eventSource = "cloudtrail.amazonaws.com"
    package static let wire = WireProtocol.json(
        targetPrefix: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101"
    )
    package static let operations = Action.allCases.map(\.operation)

    package static let faults: [APIError] = [
        .fault(.invalidEventCategory), .fault(.invalidLookupAttributes),
        .fault(.invalidMaxResults), .invalidNextToken, .fault(.invalidTimeRange),
    ]
}

extension CloudTrailAction {
    package var operation: ServiceOperation {
        switch self {
        case .lookupEvents: ServiceOperation(LookupEvents.self)
        }
    }
}
