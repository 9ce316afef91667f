internal import AWS
internal import HTTPServer
internal import Notation

/// A call of a service of AWS that is not served here: which, and which operation of it.
///
/// Its answer says so in words, so that nobody looks for a permission that is missing, and its line
/// in the log shows what somebody would have used.
struct UnservedCall {
    /// As signatures name it.
    let service: String
    /// As AWS names it where the request tells; else the method and the path.
    let operation: String
    private let isREST: Bool

    /// Nil for a request that is not signed for another service: what is wrong with it is something
    /// else.
    init?(_ request: HTTPRequest) {
        guard let service = Authenticator.claimedService(of: request),
            !Services.all.contains(where: { $0.signingName == service })
        else { return nil }
        self.service = service
        if let target = request.headers["X-Amz-Target"] {
            operation = UnservedCall.operation(ofTarget: target)
            isREST = false
        } else {
            operation = UnservedCall.operation(of: service, request)
            isREST = true
        }
    }

    /// What stands behind the last dot of a target.
    static func operation(ofTarget target: String) -> String {
        target.split(separator: ".").last.map(String.init) ?? target
    }

    /// The services that call by method and path, as far as people use them with secrets.
    private static func operation(of service: String, _ request: HTTPRequest) -> String {
        let parts = request.path.split(separator: "/")
        switch service {
        case "lambda" where request.method == "POST" && parts.last == "invocations": return "Invoke"
        case "s3":
            let names = [
                ["GET": "ListBuckets"],
                [
                    "GET": "ListObjects", "PUT": "CreateBucket", "HEAD": "HeadBucket",
                    "DELETE": "DeleteBucket",
                ],
                [
                    "GET": "GetObject", "PUT": "PutObject", "HEAD": "HeadObject",
                    "DELETE": "DeleteObject",
                ],
            ]
            if let name = names[min(parts.count, 2)][request.method] { return name }
        default: break
        }
        return "\(request.method) \(request.path)"
    }

    /// What is answered.
    func answer(requestID: String) -> Answer {
        var answer =
            if !isREST {
                AWSJSON.answer(.unservedOperation(sentence), requestID: requestID)
            } else if service == "s3" {
                QueryXML.unservedObject(sentence, requestID: requestID)
            } else {
                AWSJSON.answer(.unservedPath(sentence), requestID: requestID)
            }
        answer.service = service
        answer.operation = operation
        return answer
    }

    private var sentence: String {
        "Pocketvault does not serve \(service) (\(operation)), only \(UnservedCall.served). Set"
            + " AWS_ENDPOINT_URL_SECRETS_MANAGER and not AWS_ENDPOINT_URL, and calls of other"
            + " services go where they went before."
    }

    private static let served: String = {
        let names = Services.all.map(\.signingName)
        return names.dropLast().joined(separator: ", ") + " and \(names.last ?? "")"
    }()
}
