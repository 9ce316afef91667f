import Glibc

/// Writes each schedule expression of the tests to a file of its own, for the fuzzer to begin with.
@main
enum WriteSchedules {
    static func main() {
        guard let directory = CommandLine.arguments.dropFirst().first else { exit(64) }
        let good = ScheduleExpressions.windows.split(separator: "\n")
            .compactMap { $0.contains("|") ? $0.prefix { $0 != "|" }.dropLast() : nil }
            .map(String.init)
        let expressions = good + ScheduleExpressions.refused.map { $0.0 }
        for (number, expression) in expressions.enumerated() {
            guard let file = fopen("\(directory)/schedule-\(number).txt", "w") else { exit(1) }
            let bytes = Array(expression.utf8)
            fwrite(bytes, 1, bytes.count, file)
            fclose(file)
        }
    }
}
