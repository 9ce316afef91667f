import AWS
import Testing

@testable import Storage

@Suite("A vault that somebody changed stays closed when it would pass for one without a seal")
struct RowSealRemovalTests {
    private let folder: ScratchFolder
    /// The file as the server left it.
    private let whole: [UInt8]

    init() throws {
        folder = try ScratchFolder()
        whole = try folder.fillAllTables()
    }

    private func refusal() -> VaultOpeningError? { folder.openingRefusal() }

    @Test(
        "by taking the check value of the master key away, so that it would pass for a new or an older one"
    )
    func withoutCheckValue() throws {
        for version in [20, 21] {
            try folder.write(whole, to: "vault.db")
            try folder.tamper(
                """
                DELETE FROM meta WHERE name IN ('master_key_check', 'row_seal');
                UPDATE iam_access_key SET principal = NULL;
                PRAGMA user_version = \(version)
                """
            )
            #expect(
                refusal()?.description.contains("check value of its master key is gone") == true
            )
        }
    }

    @Test("by putting back the check value of a time before rows were sealed")
    func formerCheckValue() throws {
        try folder.unseal()
        let former = folder.contents(of: "vault.db")
        try folder.write(former, to: "former.db")
        try folder.write(whole, to: "vault.db")
        try folder.tamper(
            """
            ATTACH '\(folder.path)/former.db' AS former;
            DELETE FROM meta WHERE name = 'row_seal';
            UPDATE meta SET value = (SELECT value FROM former.meta WHERE name = 'master_key_check')
            WHERE name = 'master_key_check';
            PRAGMA user_version = 20
            """
        )
        #expect(refusal()?.description.contains("the seal of its rows is gone") == true)
    }

    @Test("by emptying it but for what snapshots keep, or for a trigger, as if it were new")
    func emptied() throws {
        let empty = (AccountTables.emptying + ["DELETE FROM audit_block", "DELETE FROM audit"])
            .joined(separator: ";")
        let seal = "DELETE FROM meta WHERE name IN ('row_seal', 'audit_anchor')"
        let trigger =
            "CREATE TRIGGER planted AFTER INSERT ON secret BEGIN UPDATE secret SET kms_key_id = ''; END"
        for sql in [
            "\(empty); \(seal)",
            "\(empty); \(seal); DELETE FROM key_encryption_key",
            "\(empty); \(seal); DELETE FROM key_encryption_key; DELETE FROM snapshot; \(trigger)",
        ] {
            try folder.write(whole, to: "vault.db")
            try folder.tamper(sql)
            #expect(refusal()?.reason == .changedRows, "\(sql.suffix(90))")
        }
    }

    @Test("but not one whose first opening was cut off before anything was stored")
    func cutOff() throws {
        try Connection(path: "\(folder.path)/new.db", for: .writing)
            .migrate(Schema.migrations, applicationID: Schema.applicationID)
        try folder.open("new.db").close()
        try folder.open("new.db").close()
    }
}
