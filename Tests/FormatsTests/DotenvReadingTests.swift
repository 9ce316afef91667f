import Formats
import Testing

@Suite struct DotenvReadingTests {
    /// What the programs themselves make of these files; Tests/Conformance asks them.
    @Test(arguments: [
        (DotenvDialect.docker, "A=\"x\" # y\n #c\n B= z \n", ["A=\"x\" # y", "B= z "]),
        (.docker, "\u{FEFF}A=1\r\n\r\nB=2", ["A=1", "B=2"]),
        (.node, "A=\"x\\ny\\t\" # c\nB='x\\n'\nC=`it's`\n", ["A=x\ny\\t", "B=x\\n", "C=it's"]),
        (
            .node, "A=x # y\nexport B=1\n\n  # c\nC='1\n2'\nD=\"x\n",
            ["A=x", "B=1", "C=1\n2", "D=\"x"]
        ),
        (.node, "A=\nB= \t\nC=1", ["A=", "B=", "C=1"]),
        (.python, "A=\"a\\tb\\\\\"\nB='x\\n\\''\n", ["A=a\tb\\", "B=x\\n'"]),
        (.python, "export A = x#y # z\nB= # c\nC=#d\n'D'=e\r\n", ["A=x#y", "B=", "C=#d", "D=e"]),
        (.python, "A='1\r\n2'", ["A=1\n2"]),
        (
            .systemd, "A=\"a\\\"\\$\\x\"'b'\n;c\n#c\nB=x \\\n y \nC= z ",
            ["A=a\"$\\xb", "B=x  y", "C=z"]
        ),
        (.systemd, "A='1\n2'\nB=a b\\ \n", ["A=1\n2", "B=a b "]),
    ])
    func `A file is read as the program reads it`(
        _ dialect: DotenvDialect,
        _ text: String,
        _ expected: [String]
    ) throws {
        let file = try dialect.read(Array(text.utf8))
        #expect(file.variables.map { "\($0.name)=\($0.value)" } == expected)
    }

    @Test(arguments: DotenvDialect.allCases)
    func `Nothing is interpolated`(_ dialect: DotenvDialect) throws {
        let file = try dialect.read(Array("A=1\nB=${A}$A$(id)`id`\n".utf8))
        #expect(file.variables.last?.value == "${A}$A$(id)`id`")
    }

    @Test(arguments: DotenvDialect.allCases)
    func `Of a variable that is set twice the last value counts, and the other is told of`(
        _ dialect: DotenvDialect
    ) throws {
        let file = try dialect.read(Array("A=1\nB=2\nA=3\n".utf8))
        #expect(file.variables.map { "\($0.name)=\($0.value)" } == ["B=2", "A=3"])
        #expect(file.remarks.map(\.line) == [1])
        #expect(file.remarks.map(\.text) == ["A is set again in line 3"])
    }

    @Test(arguments: DotenvDialect.allCases)
    func `A line without a value is passed over, and told of`(_ dialect: DotenvDialect) throws {
        let file = try dialect.read(Array("A=1\n\nJUNK\nB=2\n".utf8))
        #expect(file.variables.map(\.name) == ["A", "B"])
        #expect(file.variables.map(\.line) == [1, 4])
        #expect(file.remarks.map(\.line) == [3])
    }

    @Test func `python-dotenv forgets what was set before a name without a value`() throws {
        let file = try DotenvDialect.python.read(Array("A=1\nA\n".utf8))
        #expect(file.variables.isEmpty)
    }

    @Test(arguments: DotenvDialect.allCases)
    func `What is not UTF-8, or holds a NUL, is refused with its line`(
        _ dialect: DotenvDialect
    ) throws {
        for byte in [UInt8(0xFF), 0] {
            let error = try #require(throws: FormatError.self) {
                try dialect.read(Array("A=1\nB=".utf8) + [byte])
            }
            #expect(error.complaints.map(\.place) == [.line(2)])
        }
    }

    @Test(arguments: ["A B=1", "=1", "A=" + String(repeating: "x", count: 65_534)])
    func `What docker refuses is refused`(_ line: String) throws {
        let error = try #require(throws: FormatError.self) {
            try DotenvDialect.docker.read(Array("X=1\n\(line)\n".utf8))
        }
        #expect(error.complaints.map(\.place) == [.line(2)])
    }

    @Test func `systemd takes no code points that stand for no character`() throws {
        let error = try #require(throws: FormatError.self) {
            try DotenvDialect.systemd.read(Array("A=1\nB=\u{FFFF}\n".utf8))
        }
        #expect(error.complaints.map(\.place) == [.line(2)])
    }
}
