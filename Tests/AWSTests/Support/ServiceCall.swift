import AWS
import JSON
import TestSupport
import Testing

/// An operation of one of the services beside Secrets Manager.
enum ServiceCall: Sendable, Hashable, CustomTestStringConvertible {
    case iam(IAMAction)
    case sts(STSAction)
    case kms(KMSAction)
    case cloudTrail(CloudTrailAction)
    case ssm(SSMAction)

    /// Every one that there is.
    static let all: [ServiceCall] =
        IAMAction.allCases.map { .iam($0) } + STSAction.allCases.map { .sts($0) }
        + KMSAction.allCases.map { .kms($0) } + CloudTrailAction.allCases.map { .cloudTrail($0) }
        + SSMAction.allCases.map { .ssm($0) }

    /// As in `CreateUser`.
    var name: String {
        switch self {
        case .iam(let action): action.rawValue
        case .sts(let action): action.rawValue
        case .kms(let action): action.rawValue
        case .cloudTrail(let action): action.rawValue
        case .ssm(let action): action.rawValue
        }
    }

    /// As policies write it, as in `iam:CreateUser`.
    var permission: String {
        switch self {
        case .iam: "iam:\(name)"
        case .sts: "sts:\(name)"
        case .kms: "kms:\(name)"
        case .cloudTrail: "cloudtrail:\(name)"
        case .ssm: "ssm:\(name)"
        }
    }

    /// Whether it is called by the query protocol, whose errors have names of their own.
    var isOfQueryProtocol: Bool {
        switch self {
        case .iam, .sts: true
        case .kms, .cloudTrail, .ssm: false
        }
    }

    /// The code of a missing permission.
    var accessDenied: String { isOfQueryProtocol ? "AccessDenied" : "AccessDeniedException" }

    var testDescription: String { permission }
}

extension ScratchVault {
    /// Calls an operation of any service.
    @discardableResult
    func call(
        _ call: ServiceCall,
        _ members: JSONValue,
        by caller: Caller = .root()
    ) throws(APIError) -> JSONValue {
        switch call {
        case .iam(let action): try iam(action, members, by: caller)
        case .sts(let action): try sts(action, members, by: caller)
        case .kms(let action): try kms(action, members, by: caller)
        case .cloudTrail(let action): try cloudTrail(action, members, by: caller)
        case .ssm(let action): try ssm(action, members, by: caller)
        }
    }

    /// The error of a call as a client sees it; nil when it succeeds.
    func refusal(
        of call: ServiceCall,
        _ members: JSONValue,
        by caller: Caller = .root()
    ) -> Refusal? {
        do throws(APIError) {
            try self.call(call, members, by: caller)
            return nil
        } catch {
            return Refusal(call.isOfQueryProtocol ? error.ofQueryProtocol : error)
        }
    }
}
