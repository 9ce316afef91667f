/// How a server is spoken to, as URLs have it.
enum URLScheme: String, CaseIterable {
    case http = "http://"
    case https = "https://"

    init(isEncrypted: Bool) {
        self = isEncrypted ? .https : .http
    }

    /// The port that nobody writes.
    var port: Int { self == .http ? 80 : 443 }
}
