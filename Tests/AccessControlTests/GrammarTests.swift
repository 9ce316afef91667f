import AccessControl
import Testing

/// A policy that is refused, and for what.
struct FaultCase: Sendable, CustomTestStringConvertible {
    let fault: PolicyError.Fault
    let text: String
    let kind: PolicyKind

    init(_ fault: PolicyError.Fault, _ text: String, as kind: PolicyKind = .resource) {
        self.fault = fault
        self.text = text
        self.kind = kind
    }

    var testDescription: String { "\(fault) in \(kind): \(text)" }

    /// A statement of a secret's policy, in which what is given replaces what is right.
    static func statement(
        _ fault: PolicyError.Fault,
        _ replaced: (String, String?)...,
        as kind: PolicyKind = .resource
    ) -> FaultCase {
        var members = ["Effect": #""Allow""#]
        switch kind {
        case .resource, .anyResource:
            members["Principal"] = #""*""#
            members["Action"] = #""secretsmanager:GetSecretValue""#
            members["Resource"] = #""*""#
        case .key:
            members["Principal"] = #""*""#
            members["Action"] = #""kms:Decrypt""#
            members["Resource"] = #""*""#
        case .identity:
            members["Action"] = #""secretsmanager:GetSecretValue""#
            members["Resource"] = #""*""#
        case .trust:
            members["Principal"] = #"{"AWS":"111122223333"}"#
            members["Action"] = #""sts:AssumeRole""#
        }
        for (name, value) in replaced { members[name] = value }
        let text = members.sorted { $0.key < $1.key }.map { #""\#($0.key)":\#($0.value)"# }
        return FaultCase(fault, policy(text.joined(separator: ",")), as: kind)
    }
}

@Suite struct GrammarTests {
    @Test(
        arguments: [
            FaultCase(.notJSON, ""),
            FaultCase(.notJSON, "{"),
            FaultCase(.notJSON, "allow everything"),
            FaultCase(.notJSON, "{'Statement':[]}"),
            FaultCase(.notJSON, #"{"Statement":[],}"#),
            FaultCase(.notJSON, String(repeating: "[", count: 20_000)),
            FaultCase(.notJSON, String(repeating: #"{"Statement":"#, count: 17) + "1"),
            FaultCase(.wrongType, "null"),
            FaultCase(.wrongType, "[]"),
            FaultCase(.wrongType, #""*""#),
            FaultCase(.missingElement, "{}"),
            FaultCase(.missingElement, #"{"Version":"2012-10-17"}"#),
            FaultCase(.emptyList, #"{"Statement":[]}"#),
            FaultCase(.wrongType, #"{"Statement":["*"]}"#),
            FaultCase(.wrongType, #"{"Statement":null}"#),
            FaultCase(.wrongType, #"{"Statement":[[]]}"#),
            FaultCase(.unknownElement, #"{"Statement":[],"Comment":"x"}"#),
            FaultCase(.unknownElement, #"{"statement":[]}"#),
            FaultCase(.duplicateMember, #"{"Statement":[],"Statement":[]}"#),
            FaultCase(.duplicateMember, #"{"Statement":[{"Effect":"Deny","Effect":"Allow"}]}"#),
            FaultCase(.duplicateMember, #"{"Version":"2012-10-17","\u0056ersion":"2012-10-17"}"#),
            FaultCase(.wrongType, #"{"Version":20121017,"Statement":[]}"#),
            FaultCase(.invalidVersion, #"{"Version":"2012-10-18","Statement":[]}"#),
            FaultCase(.invalidVersion, #"{"Version":"","Statement":[]}"#),
            FaultCase(.wrongType, #"{"Version":null,"Statement":[]}"#),
            FaultCase(.wrongType, #"{"Id":1,"Statement":[]}"#),
        ]
    )
    func `A document that is no policy is refused`(row: FaultCase) {
        #expect(fault(row.text, as: row.kind) == row.fault)
    }

    @Test(
        arguments: [
            FaultCase.statement(.unknownElement, ("Actions", #""*""#)),
            .statement(.unknownElement, ("effect", #""Allow""#)),
            .statement(.unknownElement, ("", "1")),
            .statement(.missingElement, ("Effect", nil)),
            .statement(.missingElement, ("Action", nil)),
            .statement(.missingElement, ("Resource", nil)),
            .statement(.missingElement, ("Principal", nil)),
            .statement(.invalidEffect, ("Effect", #""allow""#)),
            .statement(.invalidEffect, ("Effect", #""ALLOW""#)),
            .statement(.invalidEffect, ("Effect", #""""#)),
            .statement(.wrongType, ("Effect", #"["Allow"]"#)),
            .statement(.wrongType, ("Effect", "true")),
            .statement(.conflictingElements, ("NotAction", #""*""#)),
            .statement(.conflictingElements, ("NotResource", #""*""#)),
            .statement(.conflictingElements, ("NotPrincipal", #""*""#)),
            .statement(.invalidSid, ("Sid", #""a!""#)),
            .statement(.invalidSid, ("Sid", #""é""#)),
            .statement(.invalidSid, ("Sid", #""a\nb""#)),
            .statement(.wrongType, ("Sid", "1")),
            .statement(.invalidSid, ("Sid", #""a b""#), as: .identity),
            .statement(.invalidSid, ("Sid", #""a-b""#), as: .trust),
            .statement(.emptyList, ("Action", "[]")),
            .statement(.emptyList, ("Resource", "[]")),
            .statement(.emptyList, ("Principal", "{}")),
            .statement(.emptyList, ("Principal", #"{"AWS":[]}"#)),
            .statement(.wrongType, ("Action", "1")),
            .statement(.wrongType, ("Action", "{}")),
            .statement(.wrongType, ("Action", #"[["*"]]"#)),
            .statement(.wrongType, ("Action", #"["*",null]"#)),
            .statement(.wrongType, ("Resource", "null")),
            .statement(.wrongType, ("Resource", #"[true]"#)),
            .statement(.invalidAction, ("Action", #""""#)),
            .statement(.invalidAction, ("Action", #""GetSecretValue""#)),
            .statement(.invalidAction, ("Action", #""secretsmanager""#)),
            .statement(.invalidAction, ("Action", #""secretsmanager:""#)),
            .statement(.invalidAction, ("Action", #"":GetSecretValue""#)),
            .statement(.invalidAction, ("Action", #""secretsmanager:Get Secret""#)),
            .statement(.invalidAction, ("Action", #""secretsmanager:Get:Secret""#)),
            .statement(.invalidAction, ("Action", #""secretsmanager*:GetSecretValue""#)),
            .statement(.invalidAction, ("Action", #""*:GetSecretValue""#)),
            .statement(.invalidAction, ("Action", #""s3:GetObject""#)),
            .statement(.invalidAction, ("Action", #"["*","kms:Decrypt"]"#)),
            .statement(.invalidAction, ("Action", #""**""#)),
            .statement(.invalidAction, ("Action", #""secretsmanager:\u212Aey""#)),
            .statement(.invalidAction, ("Action", nil), ("NotAction", #""s3:*""#)),
            .statement(.invalidAction, ("Action", #""a_b:c""#), as: .identity),
            .statement(.invalidAction, ("Action", #""s3:${aws:username}""#), as: .identity),
            .statement(.invalidAction, ("Action", #""*""#), as: .trust),
            .statement(.invalidAction, ("Action", #""s3:GetObject""#), as: .trust),
            .statement(.invalidResource, ("Resource", #""""#)),
            .statement(.invalidResource, ("Resource", #""app/db""#), as: .identity),
            .statement(.elementNotAllowed, ("Principal", #""*""#), as: .identity),
            .statement(.elementNotAllowed, ("NotPrincipal", #""*""#), as: .identity),
            .statement(.elementNotAllowed, ("Resource", #""*""#), as: .trust),
            .statement(.elementNotAllowed, ("NotResource", #""*""#), as: .trust),
            .statement(
                .elementNotAllowed,
                ("Principal", nil),
                ("NotPrincipal", #"{"AWS":"111122223333"}"#),
                as: .trust
            ),
            .statement(.missingElement, ("Resource", nil), as: .identity),
            .statement(.missingElement, ("Principal", nil), as: .trust),
        ]
    )
    func `A statement that breaks the grammar is refused`(row: FaultCase) {
        #expect(fault(row.text, as: row.kind) == row.fault)
    }

    @Test(
        arguments: [
            FaultCase(.wrongType, "[]"),
            FaultCase(.wrongType, #""x""#),
            FaultCase(.unknownOperator, #"{"":{}}"#),
            FaultCase(.unknownOperator, #"{"stringEquals":{"a:b":"c"}}"#),
            FaultCase(.unknownOperator, #"{"StringMatches":{"a:b":"c"}}"#),
            FaultCase(.unknownOperator, #"{"StringEqualsIfExist":{"a:b":"c"}}"#),
            FaultCase(.unknownOperator, #"{"StringEqualsIfExistsIfExists":{"a:b":"c"}}"#),
            FaultCase(.unknownOperator, #"{"ForAllValues":{"a:b":"c"}}"#),
            FaultCase(.unknownOperator, #"{"ForAllValues:":{"a:b":"c"}}"#),
            FaultCase(.unknownOperator, #"{"ForSomeValue:StringEquals":{"a:b":"c"}}"#),
            FaultCase(.unknownOperator, #"{"ForAnyValue:ForAllValues:StringEquals":{"a:b":"c"}}"#),
            FaultCase(.unknownOperator, #"{"ForAnyValue: StringEquals":{"a:b":"c"}}"#),
            FaultCase(.unknownOperator, #"{"NullIfExists":{"a:b":"true"}}"#),
            FaultCase(.unknownOperator, #"{"ForAllValues:Null":{"a:b":"true"}}"#),
            FaultCase(.wrongType, #"{"StringEquals":"x"}"#),
            FaultCase(.wrongType, #"{"StringEquals":[]}"#),
            FaultCase(.invalidConditionKey, #"{"StringEquals":{"":"c"}}"#),
            FaultCase(.invalidConditionKey, #"{"StringEquals":{"username":"c"}}"#),
            FaultCase(.invalidConditionKey, #"{"StringEquals":{"aws:":"c"}}"#),
            FaultCase(.invalidConditionKey, #"{"StringEquals":{":b":"c"}}"#),
            FaultCase(.emptyList, #"{"StringEquals":{"a:b":[]}}"#),
            FaultCase(.wrongType, #"{"StringEquals":{"a:b":null}}"#),
            FaultCase(.wrongType, #"{"StringEquals":{"a:b":{}}}"#),
            FaultCase(.wrongType, #"{"StringEquals":{"a:b":["c",null]}}"#),
            FaultCase(.wrongType, #"{"StringEquals":{"a:b":[["c"]]}}"#),
            FaultCase(.duplicateMember, #"{"StringEquals":{"a:b":"c","a:b":"d"}}"#),
            FaultCase(.duplicateMember, #"{"StringEquals":{},"StringEquals":{}}"#),
        ]
    )
    func `A condition that breaks the grammar is refused`(row: FaultCase) {
        #expect(fault(conditional(row.text)) == row.fault)
    }

    @Test func `Two statements may not have one name`() {
        let statement = #""Effect":"Allow","Principal":"*","Action":"*","Resource":"*""#
        let twice = #"{"Statement":[{"Sid":"a",\#(statement)},{"Sid":"a",\#(statement)}]}"#
        #expect(fault(twice) == .duplicateSid)
        let cases = #"{"Statement":[{"Sid":"a",\#(statement)},{"Sid":"A",\#(statement)}]}"#
        #expect(fault(cases) == nil)
        let empty = #"{"Statement":[{"Sid":"",\#(statement)},{"Sid":"",\#(statement)}]}"#
        #expect(fault(empty) == nil)
    }

    @Test(
        arguments: [
            #"{}"#, #"{"StringEquals":{}}"#, #"{"StringEquals":{"a:b":"c","A:B":"d"}}"#,
            #"{"StringLike":{"aws:PrincipalTag/Team: blue":"*"}}"#,
            #"{"DateLessThanEqualsIfExists":{"aws:CurrentTime":"2026-03-01"}}"#,
            #"{"ForAllValues:ArnNotEqualsIfExists":{"a:b":""}}"#,
        ]
    )
    func `A condition that only looks odd is taken`(condition: String) {
        #expect(fault(conditional(condition)) == nil)
    }

    @Test func `Every operator is known, with each of its words`() {
        let values: [(ClosedRange<String>, String)] = [
            ("Numeric"..."Numeric~", "1"), ("Date"..."Date~", "2026"), ("Bool"..."Bool~", "true"),
            ("Null"..."Null~", "true"), ("IpAddress"..."IpAddress~", #""::1""#),
            ("NotIpAddress"..."NotIpAddress~", #""::1""#),
        ]
        for comparison in ConditionOperator.allCases {
            let value = values.first { $0.0.contains(comparison.rawValue) }?.1 ?? #""""#
            for prefix in ["", "ForAllValues:", "ForAnyValue:"] {
                for suffix in ["", "IfExists"] {
                    let name = prefix + comparison.rawValue + suffix
                    let isKnown = comparison != .null || name == "Null"
                    let found = fault(conditional(#"{"\#(name)":{"a:b":\#(value)}}"#))
                    #expect(found == (isKnown ? nil : .unknownOperator), "\(name)")
                }
            }
        }
    }

    @Test func `An error tells the log where it is, and quotes without control characters`() throws
    {
        let text =
            #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":["*","a\nb"],"#
            + #""Resource":"*"}]}"#
        let error = #expect(throws: PolicyError.self) {
            try PolicyParser.parse(text, as: .resource)
        }
        #expect(error?.category == .syntax)
        #expect(error?.detail == #"policy.Statement[0].Action[1]: "a\nb" is no action here"#)
        #expect(error?.description == error?.detail)
        let long = #"{"\#(String(repeating: "x", count: 9999))\u0007":1}"#
        let other = #expect(throws: PolicyError.self) {
            try PolicyParser.parse(long, as: .resource)
        }
        #expect((other?.detail.utf8.count ?? 0) < 200)
        for control in ["\\u007F", "\\u0085", "\\u2028", "\\u202E"] {
            let hidden = #expect(throws: PolicyError.self) {
                try PolicyParser.parse(#"{"a\#(control)":1}"#, as: .resource)
            }
            #expect(hidden?.detail.utf8.allSatisfy { (0x20..<0x7F).contains($0) } == true)
        }
        let syntax = #expect(throws: PolicyError.self) {
            try PolicyParser.parse("{\n x", as: .resource)
        }
        #expect(syntax?.detail.hasPrefix("policy, line 2, column 2: ") == true)
    }
}
