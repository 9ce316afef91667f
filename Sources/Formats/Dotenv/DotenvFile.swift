/// What a program makes of an env file.
package struct DotenvFile: Sendable {
    /// The variables in order, each name once.
    package private(set) var variables: [Variable] = []
    /// What the program passes over without an error, for whoever wrote it.
    package private(set) var remarks: [Remark] = []

    /// One variable.
    package struct Variable: Sendable {
        /// Its name as the file has it; not every one is a name that shells know.
        package let name: String
        /// Its value, which is a secret.
        package let value: String
        /// The line that its name stands in, from 1.
        package let line: Int
    }

    /// Something worth knowing about a line; it holds no value.
    package struct Remark: Sendable, Equatable {
        /// The line, from 1.
        package let line: Int
        /// What happens to it.
        package let text: String
    }

    mutating func set(_ name: String, to value: String, line: Int) {
        variables.append(Variable(name: name, value: value, line: line))
    }

    /// Takes back what was set before, as python-dotenv does at a name without a value.
    mutating func unset(_ name: String, line: Int) {
        variables.removeAll { $0.name.utf8.elementsEqual(name.utf8) }
        remark("passed over: there is no = in it", line: line)
    }

    mutating func remark(_ text: String, line: Int) {
        remarks.append(Remark(line: line, text: text))
    }

    /// Of a variable that is set twice the last value counts, with every program.
    mutating func keepLastOfEachName() {
        var lastPlaces: [[UInt8]: Int] = [:]
        for (place, variable) in variables.enumerated() {
            lastPlaces[Array(variable.name.utf8)] = place
        }
        guard lastPlaces.count < variables.count else { return }
        var kept: [Variable] = []
        for (place, variable) in variables.enumerated() {
            if let last = lastPlaces[Array(variable.name.utf8)], last != place {
                let line = variables[last].line
                remark("\(variable.name) is set again in line \(line)", line: variable.line)
            } else {
                kept.append(variable)
            }
        }
        variables = kept
    }
}
