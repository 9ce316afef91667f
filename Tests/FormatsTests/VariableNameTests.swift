import Formats
import Testing

@Suite struct VariableNameTests {
    @Test(arguments: [
        ("driftsentry/prod/database-url", "DATABASE_URL"), ("token", "TOKEN"),
        ("a/b.c+d@e", "B_C_D_E"), ("Ünique", "_NIQUE"), ("x/_y", "_Y"),
        ("arn:aws:secretsmanager:us-east-1:123456789012:secret:app/jwt-AbCdEf", "JWT"),
        ("arn:aws:secretsmanager:us-east-1:123456789012:secret:app/jwt", "JWT"),
        ("arn:aws:secretsmanager:us-east-1:123456789012:secret:app/jwt-secret", "JWT"),
    ])
    func `A secret's variable is the last part of its name in capitals`(
        _ id: String,
        _ name: String
    ) {
        #expect(VariableName.ofSecret(id) == name)
    }

    @Test(arguments: ["prod/1password", "prod/", ""])
    func `A name that gives no variable gives none`(_ id: String) {
        #expect(VariableName.ofSecret(id) == nil)
    }

    @Test(arguments: [
        ("A", true), ("_a1", true), ("1a", false), ("", false), ("A-B", false), ("É", false),
        ("A B", false),
    ])
    func `A variable's name has letters, digits and underscores`(_ name: String, _ isValid: Bool) {
        #expect(VariableName.isValid(name) == isValid)
    }
}
