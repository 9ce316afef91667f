import AWS
import JSON
import Notation
import TestSupport
import Testing

extension ScratchVault {
    /// AssumeRole with the members that it needs, and others.
    @discardableResult
    func assume(
        _ role: String,
        _ others: JSONValue = [:],
        by caller: Caller = .root()
    ) throws(APIError) -> JSONValue {
        try sts(.assumeRole, assuming(role, others), by: caller)
    }

    /// The error of AssumeRole; nil when it succeeds.
    func refusal(
        ofAssuming role: String,
        _ others: JSONValue = [:],
        by caller: Caller = .root()
    ) -> Refusal? {
        refusal(ofSTS: .assumeRole, assuming(role, others), by: caller)
    }

    private func assuming(_ role: String, _ others: JSONValue) -> JSONValue {
        Refused(others, .malformedInput)
            .members(and: ["RoleArn": "\(role)", "RoleSessionName": "task"])
    }

    /// The caller that the credentials of an answer of STS make.
    func caller(of answer: JSONValue) throws -> Caller {
        try #require(try holder(of: answer))
    }

    /// The same; nil when the user or role is gone.
    func holder(of answer: JSONValue) throws -> Caller? {
        let token = try #require(answer["Credentials"]?["SessionToken"]?.string)
        return try write { vault throws(APIError) -> Caller? in
            guard let session = try SessionToken(token).session(in: vault),
                let principal = try CallerOfSession(session, in: "us-east-1").principal(in: vault)
            else { return nil }
            return Caller(
                scope: Scope(account: session.account, region: "us-east-1"),
                principal: principal,
                accessKeyID: session.accessKeyID,
                requestID: "00000000-0000-4000-8000-000000000003",
                sourceAddress: "127.0.0.1",
                userAgent: "tests"
            )
        }
    }

    /// What the session of a role has that an answer of AssumeRole makes.
    func session(of answer: JSONValue) throws -> SessionFacts {
        try #require(try caller(of: answer).principal.session)
    }
}

extension Refusal {
    /// What STS says of a permission: it gives no reason.
    static func mayNot(_ action: String, _ caller: Caller, _ role: String) -> Refusal {
        Refusal(
            "AccessDenied",
            "User: \(caller.principal.arn) is not authorized to perform: \(action) on resource:"
                + " \(role)"
        )
    }
}
