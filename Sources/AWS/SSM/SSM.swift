/// Systems Manager, API version 2014-11-06: as much of Parameter Store as leads to secrets.
///
/// [API reference](https://docs.aws.amazon.com/systems-manager/latest/APIReference/Welcome.html)
package enum SSM: Service {
    package typealias Action = SSMAction

    package static let signingName = "ssm"
    package static let eventSource = "ssm.amazonaws.com"
    package static let wire = WireProtocol.json(targetPrefix: "AmazonSSM")
    package static let operations = Action.allCases.map(\.operation)

    package static let faults: [APIError] = [
        .fault(.parameterNotFound)
    ]

    package static func messageMember(of code: APIError.Code) -> String {
        code.smallMessageMember
    }
}

extension SSMAction {
    package var operation: ServiceOperation {
        switch self {
        case .getParameter: ServiceOperation(GetParameter.self)
        case .getParameters: ServiceOperation(GetParameters.self)
        }
    }
}
