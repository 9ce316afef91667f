import AccessControl
import Testing

@Suite struct VariableTests {
    static let context = RequestContext([
        "aws:username": ["mara"],
        "aws:PrincipalTag/Team": ["blue"],
        "aws:PrincipalTag/cost center": ["42"],
        "aws:PrincipalTag/odd": ["*"],
        "aws:TagKeys": ["a", "b"],
        "secretsmanager:ResourceTag/Stage": ["prod"],
        "aws:PrincipalTag/empty": [""],
    ])

    static let cases: [PatternCase] = [
        PatternCase("${aws:username}", "mara", true),
        PatternCase("${aws:username}", "Mara", false),
        PatternCase("${AWS:UserName}", "mara", true),
        PatternCase("app/${aws:username}/*", "app/mara/db", true),
        PatternCase("app/${aws:username}/*", "app/ben/db", false),
        PatternCase("${aws:PrincipalTag/Team}-${aws:username}", "blue-mara", true),
        PatternCase("${aws:principaltag/team}", "blue", true),
        PatternCase("${aws:PrincipalTag/cost center}", "42", true),
        PatternCase("${aws:PrincipalTag/empty}", "", true),
        PatternCase("${aws:PrincipalTag/empty}", "x", false),
        PatternCase("${secretsmanager:ResourceTag/Stage, 'none'}", "prod", true),
        PatternCase("${secretsmanager:ResourceTag/Owner, 'none'}", "none", true),
        PatternCase("${secretsmanager:ResourceTag/Owner, 'none'}", "prod", false),
        PatternCase("${secretsmanager:ResourceTag/Owner,'none'}", "none", true),
        PatternCase("${secretsmanager:ResourceTag/Owner, ''}", "", true),
        PatternCase("${aws:PrincipalTag/x, 'a}b'}", "a}b", true),
        PatternCase("${secretsmanager:ResourceTag/Owner}", "", false),
        PatternCase("${secretsmanager:ResourceTag/Owner}*", "anything", false),
        PatternCase("${aws:TagKeys}", "a", false),
        PatternCase("${aws:TagKeys, 'z'}", "z", false),
        PatternCase("${aws:PrincipalTag/odd}", "*", true),
        PatternCase("${aws:PrincipalTag/odd}", "anything", false),
        PatternCase("a${*}b", "a*b", true),
        PatternCase("a${*}b", "axxb", false),
        PatternCase("a${?}b", "a?b", true),
        PatternCase("a${?}b", "axb", false),
        PatternCase("a${$}b", "a$b", true),
        PatternCase("${$}{aws:username}", "${aws:username}", true),
        PatternCase("$aws", "$aws", true),
        PatternCase("a$", "a$", true),
        PatternCase("{aws:username}", "{aws:username}", true),
        PatternCase("a}", "a}", true),
    ]

    @Test(arguments: cases)
    func `A variable stands for the request's value, as plain text`(row: PatternCase) throws {
        let pattern = try #require(PolicyPattern(row.pattern, variables: true))
        #expect(pattern.matches(row.text, in: Self.context) == row.matches)
    }

    @Test func `Where case does not count, it does not count in a variable's value`() throws {
        let pattern = try #require(
            PolicyPattern(
                "X-${aws:PrincipalTag/Team, 'Z'}",
                variables: true,
                ignoresCase: true
            )
        )
        #expect(pattern.matches("x-BLUE", in: Self.context))
        #expect(pattern.matches("X-z", in: RequestContext()))
    }

    @Test func `In the version of 2008 a variable is plain text`() throws {
        let text = #"{"StringEquals":{"aws:PrincipalTag/x":"${aws:username}"}}"#
        let plain = request(context: [
            "aws:PrincipalTag/x": ["${aws:username}"], "aws:username": ["mara"],
        ])
        let resolved = request(context: ["aws:PrincipalTag/x": ["mara"], "aws:username": ["mara"]])
        #expect(try match(conditional(text, version: "2008-10-17"), plain) == .matches([.everyone]))
        #expect(
            try match(conditional(text, version: "2008-10-17"), resolved) != .matches([.everyone])
        )
        #expect(try match(conditional(text), resolved) == .matches([.everyone]))
        #expect(try match(conditional(text), plain) != .matches([.everyone]))
    }

    @Test func `A resource may be named after its caller`() throws {
        let text = policy(
            #""Effect":"Allow","Action":"secretsmanager:*","#
                + #""Resource":"arn:aws:secretsmanager:*:*:secret:${aws:username}/*""#
        )
        let resource = "arn:aws:secretsmanager:us-east-1:111122223333:secret:mara/db-AbCdEf"
        #expect(
            try match(
                text,
                as: .identity,
                request(resource: resource, context: ["aws:username": ["mara"]])
            ) == .matches([])
        )
        #expect(
            try match(
                text,
                as: .identity,
                request(resource: resource, context: ["aws:username": ["ben"]])
            ) == .differs(.resource)
        )
        #expect(try match(text, as: .identity, request(resource: resource)) == .differs(.resource))
    }

    @Test(
        arguments: [
            "${", "${}", "${aws:username", "${ aws:username}", "${aws:username }",
            "${aws:${aws:username}}", "${aws:x*}", "${aws:x?}", "${aws:x,}", "${aws:x, y}",
            "${aws:x, 'y}", "${aws:x, 'y' }", "${aws:x, 'y'", "${aws:x, \"y\"}", "${, 'y'}",
            "${*", "${**}", "${$", "${'x'}", "a${",
        ]
    )
    func `A malformed variable is a fault`(text: String) {
        #expect(PolicyPattern(text, variables: true) == nil)
        #expect(PolicyPattern(text, variables: false) != nil)
        let escaped = text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\\\"")
        #expect(
            fault(conditional(#"{"StringLike":{"aws:x":"\#(escaped)"}}"#)) == .malformedVariable
        )
        #expect(
            fault(
                policy(
                    #""Effect":"Allow","Principal":"*","Action":"*","Resource":"\#(escaped)""#
                )
            ) == .malformedVariable
        )
    }
}
