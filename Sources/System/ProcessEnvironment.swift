// Nothing here changes the environment, so it is read without a lock.
@preconcurrency internal import Glibc

/// What the process was started with.
package enum ProcessEnvironment {
    /// The variables by their names; of two with one name the first, as for `getenv`.
    package static var variables: [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                let name = String(text[..<equals])
                if variables[name] == nil {
                    variables[name] = String(text[text.index(after: equals)...])
                }
            }
            next = next.advanced(by: 1)
        }
        return variables
    }
}
