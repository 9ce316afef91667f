import Testing

@testable import Storage

@Suite struct RowColumnsTests {
    private enum Columns: Int, RowColumns {
        case id, kmsKeyID, primaryARN
    }

    @Test(arguments: [
        ("name", "name"), ("kmsKeyID", "kms_key_id"), ("primaryARN", "primary_arn"),
        ("crossAccountPrimaryARN", "cross_account_primary_arn"), ("isAWSManaged", "is_aws_managed"),
    ])
    func `A name is written in the database with small letters and lines`(
        swift: String,
        sql: String
    ) {
        #expect(SnakeCase.name(swift) == sql)
    }

    @Test func `The columns of a row say what a statement lists and binds`() {
        #expect(Columns.list == "id, kms_key_id, primary_arn")
        #expect(Columns.list(of: "k") == "k.id, k.kms_key_id, k.primary_arn")
        #expect(Columns.list(through: .kmsKeyID, of: "k") == "k.id, k.kms_key_id")
        #expect(Columns.values(without: .id) == "(kms_key_id, primary_arn) VALUES (?2, ?3)")
        #expect(Columns.assignments(.primaryARN) == "primary_arn = ?3")
    }
}
