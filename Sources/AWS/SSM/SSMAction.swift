/// The operations of Systems Manager that are built, by the names of its API.
package enum SSMAction: String, ServiceAction {
    package typealias Card = SSM

    case getParameter = "GetParameter"
    case getParameters = "GetParameters"
}
