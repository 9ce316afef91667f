/// Files that SOPS or dotenvx have encrypted; reading them as they are would import what is no value.
package enum EncryptedFile {
    /// Refuses an encrypted file, with the command that decrypts it.
    ///
    /// The path is what the file is called; it is nil when the bytes came through a pipe.
    package static func refuse(_ bytes: [UInt8], path: String?) throws(FormatError) {
        let text = String(decoding: bytes, as: UTF8.self)
        let file = path.map(ShellFormat.quoted) ?? "FILE"
        if let type = sopsType(text) {
            throw FormatError(
                .document,
                "SOPS has encrypted it: sops decrypt --input-type \(type) --output-type \(type) "
                    + "\(file) | pocketvault import -"
            )
        }
        if isDotenvx(text) {
            throw FormatError(
                .document,
                "dotenvx has encrypted it: dotenvx decrypt -f \(file) --stdout | "
                    + "pocketvault import -"
            )
        }
    }

    /// What SOPS calls the type of a file that it encrypted; nil for any other file.
    private static func sopsType(_ text: String) -> String? {
        guard text.contains("ENC[AES256_GCM,data:") else { return nil }
        let lines = text.split(whereSeparator: \.isNewline)
        if lines.contains(where: { $0.hasPrefix("sops_") && $0.contains("=") }) { return "dotenv" }
        if lines.contains(where: { $0.hasPrefix("sops:") }) { return "yaml" }
        return text.contains("\"sops\"") ? "json" : nil
    }

    /// Whether values begin as those of dotenvx do, beside the public key that they are under.
    private static func isDotenvx(_ text: String) -> Bool {
        let assignments = text.split(whereSeparator: \.isNewline).compactMap { line in
            let parts = line.split(separator: "=", maxSplits: 1)
            return parts.count == 2 ? (name: parts[0], value: parts[1]) : nil
        }
        return assignments.contains { $0.name.contains("DOTENV_PUBLIC_KEY") }
            && assignments.contains { assignment in
                assignment.value.drop { "\"' ".contains($0) }.hasPrefix("encrypted:")
            }
    }
}
