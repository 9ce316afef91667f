internal import Cryptography
internal import Notation

/// A request in the one form in which both sides sign it.
///
/// Put together from bytes: with signatures verified every request has one, and characters cost
/// twenty times as much.
///
/// [Create a canonical request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html)
struct CanonicalRequest<Request: SignableRequest>: Sendable {
    private let request: Request
    /// In lower case, as the signature lists them.
    private let signedHeaders: [String]
    /// Whether the signature is in the query string, where it is no part of what is signed.
    private let isPresigned: Bool

    init(_ request: Request, signedHeaders: [String], isPresigned: Bool) {
        self.request = request
        self.signedHeaders = signedHeaders
        self.isPresigned = isPresigned
    }

    /// The text that is hashed and signed, as bytes.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1_024)
        bytes.append(line: request.method)
        bytes.append(line: Self.path(request.path))
        bytes.append(line: query)
        for name in signedHeaders {
            bytes.append(text: name)
            bytes.append(UInt8(ascii: ":"))
            var isFirst = true
            request.forEachValue(of: name) { value in
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                isFirst = false
                Self.append(collapsing: value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        bytes.append(UInt8(ascii: "\n"))
        for (number, name) in signedHeaders.enumerated() {
            if number > 0 { bytes.append(UInt8(ascii: ";")) }
            bytes.append(text: name)
        }
        bytes.append(UInt8(ascii: "\n"))
        // What the client says its hash is does not matter: this is the body that came.
        bytes.append(text: SHA256.hexadecimal(request.body))
        return bytes
    }

    /// The fields in the order of their bytes, each escaped anew.
    private var query: String {
        guard let query = request.query, !query.isEmpty else { return "" }
        return FormFields(query.utf8).fields
            .filter { !isPresigned || $0.name != "X-Amz-Signature" }
            .map {
                (name: PercentEncoding.encode($0.name), value: PercentEncoding.encode($0.value))
            }
            .sorted { ($0.name, $0.value) < ($1.name, $1.value) }
            .map { "\($0.name)=\($0.value)" }
            .joined(separator: "&")
    }

    /// The path without `.`, `..` and empty segments, escaped once more than it was sent.
    private static func path(_ path: String) -> String {
        if path == "/" { return path }
        var segments: [Substring] = []
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        for part in parts {
            switch part {
            case "", ".": continue
            case "..": _ = segments.popLast()
            default: segments.append(part)
            }
        }
        let isFolder = segments.isEmpty ? false : ["", ".", ".."].contains(parts.last ?? "")
        return "/" + segments.map { PercentEncoding.encode(String($0)) }.joined(separator: "/")
            + (isFolder ? "/" : "")
    }

    /// A value without white space around it, and with single spaces inside.
    private static func append(
        collapsing value: Span<UInt8>,
        to bytes: inout [UInt8]
    ) {
        let start = bytes.count
        var isAfterSpace = false
        for place in value.indices {
            switch value[place] {
            case 0x20, 0x09, 0x0A...0x0D: isAfterSpace = bytes.count > start
            default:
                if isAfterSpace { bytes.append(0x20) }
                isAfterSpace = false
                bytes.append(value[place])
            }
        }
    }
}

extension [UInt8] {
    mutating func append(line: String) {
        append(text: line)
        append(UInt8(ascii: "\n"))
    }
}
