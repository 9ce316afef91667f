/// The profiles in AWS's shared files, `~/.aws/credentials` and `~/.aws/config`.
///
/// [Shared files](https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html)
struct SharedProfiles {
    private let variable: (String) -> String?
    private let file: (String) -> [UInt8]?

    init(variable: @escaping (String) -> String?, file: @escaping (String) -> [UInt8]?) {
        self.variable = variable
        self.file = file
    }

    /// The settings of a profile; those in the file for credentials win.
    func settings(of profile: String) -> [String: String] {
        let home = variable("HOME") ?? ""
        let config = contents("AWS_CONFIG_FILE", "\(home)/.aws/config")
        let credentials = contents("AWS_SHARED_CREDENTIALS_FILE", "\(home)/.aws/credentials")
        // The default profile is written either way.
        let names = profile == "default" ? ["default", "profile default"] : ["profile \(profile)"]
        return SharedProfiles.settings(in: config, of: names)
            .merging(SharedProfiles.settings(in: credentials, of: [profile])) { $1 }
    }

    private func contents(_ name: String, _ usual: String) -> String {
        String(decoding: file(variable(name) ?? usual) ?? [], as: UTF8.self)
    }

    private static func settings(in text: String, of sections: [String]) -> [String: String] {
        var settings: [String: String] = [:]
        var isWanted = false
        for line in text.split(whereSeparator: \.isNewline) {
            let isNested = line.first?.isWhitespace == true
            let line = trimmed(line)
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
                let words = line[..<end].dropFirst().split(whereSeparator: \.isWhitespace)
                isWanted = sections.contains(words.joined(separator: " "))
                continue
            }
            guard isWanted, !isNested, let equals = line.firstIndex(of: "=") else { continue }
            settings[trimmed(line[..<equals]).lowercased()] =
                trimmed(line[line.index(after: equals)...])
        }
        return settings
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
