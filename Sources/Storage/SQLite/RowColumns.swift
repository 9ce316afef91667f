/// The columns of one kind of row, in the order in which statements select them.
///
/// The names of the cases are the names of the columns: `kmsKeyID` is `kms_key_id`. So the list that
/// a statement selects and the place at which a row is read cannot drift apart, and reading by name
/// costs what reading by number does.
///
/// Coding keys, because the compiler gives those their names. Printing a case would find its name by
/// reflection, which is slow: an opening takes hundreds of names.
protocol RowColumns: RawRepresentable<Int>, CodingKey, CaseIterable, Equatable {}

extension RowColumns {
    /// All columns as a SELECT lists them.
    static var list: String {
        allCases.map(\.name).joined(separator: ", ")
    }

    /// The columns of a table that a statement calls `alias`.
    static func list(of alias: String) -> String {
        allCases.map { "\(alias).\($0.name)" }.joined(separator: ", ")
    }

    /// The columns up to one, so that what comes after it need not be fetched.
    static func list(through last: Self, of alias: String) -> String {
        allCases.filter { $0.rawValue <= last.rawValue }.map { "\(alias).\($0.name)" }
            .joined(separator: ", ")
    }

    /// What an INSERT says after the table: the columns, and a parameter for each.
    static func values(without omitted: Self...) -> String {
        let columns = allCases.filter { !omitted.contains($0) }
        let names = columns.map(\.name).joined(separator: ", ")
        return "(\(names)) VALUES (\(columns.map(\.parameter).joined(separator: ", ")))"
    }

    /// What an UPDATE says after SET.
    static func assignments(_ columns: Self...) -> String {
        columns.map { "\($0.name) = \($0.parameter)" }.joined(separator: ", ")
    }

    /// Where SQLite has it in a row.
    var place: Int32 { Int32(truncatingIfNeeded: rawValue) }

    /// The parameter to which `Statement.bind` binds the column's value.
    var parameter: String { "?\(rawValue + 1)" }

    /// The name in the database.
    var name: String { SnakeCase.name(stringValue) }
}

/// How the names of Swift are written in the database.
enum SnakeCase {
    /// A word begins at a capital beside a small letter: `is_aws_managed` for `isAWSManaged`.
    static func name(_ camelCase: String) -> String {
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let smalls = UInt8(ascii: "a")...UInt8(ascii: "z")
        // By bytes: hundreds of names are made when a vault is opened.
        let letters = Array(camelCase.utf8)
        var name: [UInt8] = []
        for (place, letter) in letters.enumerated() {
            let isCapital = capitals.contains(letter)
            let isBesideSmall =
                place > 0 && smalls.contains(letters[place - 1])
                || place + 1 < letters.count && smalls.contains(letters[place + 1])
            if place > 0, isCapital, isBesideSmall { name.append(UInt8(ascii: "_")) }
            name.append(isCapital ? letter | 0x20 : letter)
        }
        return String(decoding: name, as: UTF8.self)
    }
}
