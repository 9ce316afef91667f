/// What a file says: secrets, and what is worth knowing about its lines.
package struct CarriedDocument: Sendable {
    /// The secrets in the order of the file; no two of one name.
    package let secrets: [CarriedSecret]
    /// What was passed over.
    package let remarks: [DotenvFile.Remark]

    init(secrets: [CarriedSecret], remarks: [DotenvFile.Remark] = []) {
        self.secrets = secrets
        self.remarks = remarks
    }
}

/// What a reader needs to know besides the bytes of a file.
package struct ReadingSettings {
    let dialect: DotenvDialect
    let file: (String) -> [UInt8]?
    let variable: (String) -> String?

    /// - Parameters:
    ///   - dialect: of an env file.
    ///   - file: the bytes of a file that a Compose file names; nil when there is none.
    ///   - variable: the value of a variable that a Compose file names.
    package init(
        dialect: DotenvDialect,
        file: @escaping (String) -> [UInt8]? = { _ in nil },
        variable: @escaping (String) -> String? = { _ in nil }
    ) {
        self.dialect = dialect
        self.file = file
        self.variable = variable
    }
}

/// What a writer needs to know besides the secrets.
package struct WritingSettings {
    let prefix: String
    let dialect: DotenvDialect
    let valueFolder: String?

    /// - Parameters:
    ///   - prefix: what every name begins with, and what goes in most formats.
    ///   - dialect: of an env file.
    ///   - valueFolder: where the values of a Compose file will be, seen from that file.
    package init(prefix: String, dialect: DotenvDialect, valueFolder: String? = nil) {
        self.prefix = prefix
        self.dialect = dialect
        self.valueFolder = valueFolder
    }
}

/// What is to be written: one text, and for Compose a file for each value.
package struct WrittenDocument: Sendable {
    /// The document.
    package let text: String
    /// Files for the folder of values: their names and bytes.
    package let valueFiles: [(name: String, bytes: [UInt8])]

    init(text: String, valueFiles: [(name: String, bytes: [UInt8])] = []) {
        self.text = text
        self.valueFiles = valueFiles
    }
}
