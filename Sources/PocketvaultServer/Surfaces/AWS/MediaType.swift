internal import HTTPServer

/// The content types that AWS services tell apart.
enum MediaType: Sendable {
    /// AWS JSON 1.1. `application/json` counts as the same: AWS answers it with an envelope that
    /// nobody wants.
    case json
    /// The form of the query services.
    case form
    /// None, or one that no service here speaks.
    case other

    init(of headers: HTTPHeaders) {
        // As every SDK writes it; what is below serves the rest.
        if headers.has("Content-Type", "application/x-amz-json-1.1") {
            self = .json
            return
        }
        guard let contentType = headers["Content-Type"] else {
            self = .other
            return
        }
        let essence = contentType.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }
        switch essence.lowercased() {
        case "application/x-amz-json-1.1", "application/json": self = .json
        case "application/x-www-form-urlencoded": self = .form
        default: self = .other
        }
    }
}
