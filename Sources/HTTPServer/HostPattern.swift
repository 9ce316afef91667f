internal import Notation

/// Names that a server may be called by: `name`, `name:port`, or `*.name` for all names below one.
package struct HostPattern: Sendable, Equatable {
    /// In lower case, without the star.
    private let name: String
    private let port: Int?
    private let isForNamesBelow: Bool

    /// The names without the port.
    package var text: String { isForNamesBelow ? "*.\(name)" : name }

    /// - Parameter text: as an option has it; nil when it is none of the three.
    package init?(_ text: String) {
        isForNamesBelow = text.hasPrefix("*.")
        var authority = isForNamesBelow ? String(text.dropFirst(2)) : text
        let host = authority.withUTF8 { bytes in
            HostName(authority: bytes).map { (text: $0.text, port: $0.port) }
        }
        guard let host, !text.hasSuffix(":"), host.text.first != ".", host.text.last != "." else {
            return nil
        }
        name = host.text
        port = host.port
    }

    /// Without a port it is for every port; a host without one has that of its scheme.
    func matches(_ host: HostName, _ scheme: URLScheme) -> Bool {
        if let port, port != host.port ?? scheme.port { return false }
        let text = host.text
        return isForNamesBelow
            ? text.hasSuffix(".\(name)") && text.utf8.count > name.utf8.count + 1 : text == name
    }
}
