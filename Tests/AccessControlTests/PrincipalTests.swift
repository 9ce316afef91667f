import AccessControl
import Testing

@Suite struct PrincipalTests {
    private static let canonicalID = String(repeating: "0a", count: 32)

    static let accepted: [(String, String, Principal)] = [
        ("AWS", "*", .everyone),
        ("AWS", "111122223333", .account("111122223333")),
        ("AWS", "arn:aws:iam::111122223333:root", .account("111122223333")),
        ("AWS", "arn:aws-us-gov:iam::111122223333:root", .account("111122223333")),
        named("arn:aws:iam::111122223333:user/mara", Principal.user),
        named("arn:aws:iam::111122223333:user/division/mara+x=1,2.3@a-b_c", Principal.user),
        named("arn:aws:iam::111122223333:role/app", Principal.role),
        named("arn:aws-cn:iam::111122223333:role/aws-service-role/x/Y", Principal.role),
        named("arn:aws:sts::111122223333:assumed-role/app/i-0123", Principal.roleSession),
        named("arn:aws:sts::111122223333:federated-user/guest", Principal.federatedUser),
        named("AIDACKCEVSQ6C2EXAMPLE", Principal.uniqueID),
        named("AROADBQP57FF2AEXAMPLE", Principal.uniqueID),
        ("Service", "lambda.amazonaws.com", .service("lambda.amazonaws.com")),
        ("Service", "ecs-tasks.amazonaws.com", .service("ecs-tasks.amazonaws.com")),
        ("Service", "delivery.logs.amazonaws.com", .service("delivery.logs.amazonaws.com")),
        ("Service", "logs.us-east-1.amazonaws.com", .service("logs.us-east-1.amazonaws.com")),
        ("Service", "ec2.amazonaws.com.cn", .service("ec2.amazonaws.com.cn")),
        (
            "Service", "states.us-gov-west-1.amazonaws.com",
            .service("states.us-gov-west-1.amazonaws.com")
        ),
        ("Federated", "accounts.google.com", .federated("accounts.google.com")),
        (
            "Federated", "cognito-identity.amazonaws.com",
            .federated("cognito-identity.amazonaws.com")
        ),
        (
            "Federated", "arn:aws:iam::111122223333:saml-provider/corp",
            .federated("arn:aws:iam::111122223333:saml-provider/corp")
        ),
        (
            "Federated", "arn:aws:iam::111122223333:oidc-provider/host/id:1",
            .federated("arn:aws:iam::111122223333:oidc-provider/host/id:1")
        ),
        ("CanonicalUser", canonicalID, .canonicalUser(canonicalID)),
    ]

    private static func named(
        _ text: String,
        _ principal: (String) -> Principal
    ) -> (String, String, Principal) {
        ("AWS", text, principal(text))
    }

    @Test(arguments: accepted)
    func `Each kind of principal is told by its name`(
        kind: String,
        text: String,
        principal: Principal
    ) throws {
        let members = #""Effect":"Allow","Action":"*","Resource":"*","#
        let document = try PolicyParser.parse(
            policy(members + #""Principal":{"\#(kind)":"\#(text)"}"#),
            as: .resource
        )
        #expect(document.statements[0].principals == .only([principal]))
        #expect(principal.description == text || principal == .account("111122223333"))
    }

    static let refused: [(String, String, PolicyError.Fault)] = [
        ("AWS", "", .unsupportedPrincipal),
        ("AWS", "mara", .unsupportedPrincipal),
        ("AWS", "11112222333", .unsupportedPrincipal),
        ("AWS", "1111222233334", .unsupportedPrincipal),
        ("AWS", "11112222333x", .unsupportedPrincipal),
        ("AWS", "**", .unsupportedPrincipal),
        ("AWS", "111122223333*", .unsupportedPrincipal),
        ("AWS", "arn:aws:iam::111122223333:*", .unsupportedPrincipal),
        ("AWS", "arn:aws:iam::111122223333:user/*", .unsupportedPrincipal),
        ("AWS", "arn:aws:iam::*:root", .unsupportedPrincipal),
        ("AWS", "arn:aws:iam::111122223333:user/${aws:username}", .unsupportedPrincipal),
        ("AWS", "arn:aws:iam::111122223333:user", .unsupportedPrincipal),
        ("AWS", "arn:aws:iam::111122223333:user/", .unsupportedPrincipal),
        ("AWS", "arn:aws:iam::111122223333:user//x", .unsupportedPrincipal),
        ("AWS", "arn:aws:iam::111122223333:Root", .unsupportedPrincipal),
        ("AWS", "arn:aws:iam::111122223333:root/x", .unsupportedPrincipal),
        ("AWS", "arn:aws:iam::111122223333:group/x", .unsupportedPrincipal),
        ("AWS", "arn:aws:iam::111122223333:policy/x", .unsupportedPrincipal),
        ("AWS", "arn:aws:iam::11112222333:user/x", .unsupportedPrincipal),
        ("AWS", "arn:aws:iam:us-east-1:111122223333:user/x", .unsupportedPrincipal),
        ("AWS", "arn:aws:s3:::bucket", .unsupportedPrincipal),
        ("AWS", "arn:ows:iam::111122223333:user/x", .unsupportedPrincipal),
        ("AWS", "ARN:aws:iam::111122223333:user/x", .unsupportedPrincipal),
        ("AWS", "arn:aws:sts::111122223333:assumed-role/app", .unsupportedPrincipal),
        ("AWS", "arn:aws:sts::111122223333:assumed-role/a/b/c", .unsupportedPrincipal),
        ("AWS", "arn:aws:sts::111122223333:federated-user/a/b", .unsupportedPrincipal),
        ("AWS", "arn:aws:iam::111122223333:user/a:b", .unsupportedPrincipal),
        ("AWS", "AIDA", .unsupportedPrincipal),
        ("AWS", "aidackcevsq6c2example", .unsupportedPrincipal),
        ("AWS", "AKIAIOSFODNN7EXAMPLE", .unsupportedPrincipal),
        ("AWS", "lambda.amazonaws.com", .unsupportedPrincipal),
        ("Service", "", .invalidServicePrincipal),
        ("Service", "*", .invalidServicePrincipal),
        ("Service", "lambda", .invalidServicePrincipal),
        ("Service", "lamda.amazonaws.com", .invalidServicePrincipal),
        ("Service", "lambda.amazonaws.org", .invalidServicePrincipal),
        ("Service", "lambdaamazonaws.com", .invalidServicePrincipal),
        ("Service", ".amazonaws.com", .invalidServicePrincipal),
        ("Service", "us-east-1.amazonaws.com", .invalidServicePrincipal),
        ("Service", "lambda.nowhere.amazonaws.com", .invalidServicePrincipal),
        ("Service", "lambda.us-east-1.evil.amazonaws.com", .invalidServicePrincipal),
        ("Service", "*.amazonaws.com", .invalidServicePrincipal),
        ("Service", "111122223333", .invalidServicePrincipal),
        ("Federated", "", .unsupportedPrincipal),
        ("Federated", "*", .unsupportedPrincipal),
        ("Federated", "example.com", .unsupportedPrincipal),
        ("Federated", "arn:aws:iam::111122223333:saml-provider/", .unsupportedPrincipal),
        ("Federated", "arn:aws:iam::111122223333:saml-provider/*", .unsupportedPrincipal),
        ("Federated", "arn:aws:iam::111122223333:user/x", .unsupportedPrincipal),
        ("CanonicalUser", "", .unsupportedPrincipal),
        ("CanonicalUser", "*", .unsupportedPrincipal),
        ("CanonicalUser", String(repeating: "0A", count: 32), .unsupportedPrincipal),
        ("Everyone", "*", .unknownPrincipalType),
        ("aws", "*", .unknownPrincipalType),
    ]

    @Test(arguments: refused)
    func `What is no principal is refused, by its kind`(
        kind: String,
        text: String,
        expected: PolicyError.Fault
    ) throws {
        let members = #""Effect":"Allow","Action":"*","Resource":"*","#
        let error = #expect(throws: PolicyError.self) {
            try PolicyParser.parse(
                policy(members + #""Principal":{"\#(kind)":["\#(text)"]}"#),
                as: .resource
            )
        }
        #expect(error?.fault == expected)
        let category: PolicyError.Category =
            switch expected {
            case .unsupportedPrincipal: .unsupportedPrincipal
            case .invalidServicePrincipal: .invalidServicePrincipal
            default: .syntax
            }
        #expect(error?.category == category)
    }

    @Test(
        arguments: [
            #""111122223333""#, #""arn:aws:iam::111122223333:root""#, #"["*"]"#, "1", "null",
            #"{"AWS":1}"#, #"{"AWS":[null]}"#, #"{"AWS":{"x":"*"}}"#, #"{"AWS":[["*"]]}"#,
        ]
    )
    func `A principal in a wrong place is a syntax error`(principal: String) {
        let members = #""Effect":"Allow","Action":"*","Resource":"*","#
        #expect(fault(policy(members + #""Principal":\#(principal)"#)) == .wrongType)
    }
}
