import AccessControl
import JSON

/// The document of a resource policy with one statement that has these members besides.
func policy(_ members: String, version: String = "2012-10-17") -> String {
    #"{"Version":"\#(version)","Statement":[{\#(members)}]}"#
}

/// A statement of a secret's policy that allows everyone everything, under a condition.
func conditional(_ condition: String, version: String = "2012-10-17") -> String {
    policy(
        #""Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":\#(condition)"#,
        version: version
    )
}

/// The fault for which a policy is refused; nil when it is not.
func fault(_ text: String, as kind: PolicyKind = .resource) -> PolicyError.Fault? {
    do throws(PolicyError) {
        _ = try PolicyParser.parse(text, as: kind)
        return nil
    } catch {
        return error.fault
    }
}

/// A request of a user of account 111122223333.
func request(
    principals: [Principal] = [
        .user("arn:aws:iam::111122223333:user/mara"), .account("111122223333"),
    ],
    action: String = "secretsmanager:GetSecretValue",
    resource: String = "arn:aws:secretsmanager:us-east-1:111122223333:secret:app/db-AbCdEf",
    context: [String: [String]] = [:]
) -> AccessRequest {
    AccessRequest(
        principals: principals,
        action: action,
        resource: resource,
        context: RequestContext(context)
    )
}

/// What the first statement of a policy says about a request.
func match(
    _ text: String,
    as kind: PolicyKind = .resource,
    _ request: AccessRequest
) throws -> StatementMatch {
    try PolicyParser.parse(text, as: kind).statements[0].matches(request: request)
}
