internal import AWS
internal import HTTPServer
internal import JSON

/// The answers of the query protocol of the older services: a form came in, XML goes out.
enum QueryXML {
    /// What AWS puts on errors that no service throws.
    private static let faultNamespace = "http://webservices.amazon.com/AWSFault/2005-15-09"

    /// What came of a call.
    static func answer(
        _ result: OperationResult,
        of operation: QueryOperation,
        requestID: String
    ) -> Answer {
        switch result.result {
        case .success(let bytes):
            var answer = Answer(success(bytes, of: operation, requestID))
            answer.operation = operation.name
            answer.subject = result.subject
            return answer
        case .failure(let error):
            return answer(error, of: operation, subject: result.subject, requestID: requestID)
        }
    }

    /// An error of an operation, or of what is before it.
    static func answer(
        _ error: APIError,
        of operation: QueryOperation,
        subject: String? = nil,
        requestID: String
    ) -> Answer {
        var answer = answer(error, namespace: operation.namespace, requestID: requestID)
        answer.operation = operation.name
        answer.subject = subject
        return answer
    }

    /// The answer to a form that calls nothing that is here.
    static func unknownAction(
        _ fields: FormFields,
        service: String?,
        requestID: String
    ) -> Answer {
        let name = fields["Action"] ?? ""
        let version = fields["Version"] ?? "NO_VERSION_SPECIFIED"
        let prefix = service.map { "\($0):" } ?? ""
        let error = APIError.unknownQueryAction("\(prefix)\(name) (version \(version))")
        var answer = answer(error, namespace: faultNamespace, requestID: requestID)
        answer.operation = name
        return answer
    }

    private static func success(
        _ bytes: [UInt8],
        of operation: QueryOperation,
        _ requestID: String
    ) -> HTTPResponse {
        let name = operation.name
        var xml = XMLText()
        xml.open("\(name)Response", namespace: operation.namespace)
        if !bytes.isEmpty, let result = try? JSONParser.parse(bytes) {
            xml.element("\(name)Result", result)
        }
        xml.open("ResponseMetadata")
        xml.element("RequestId", requestID)
        xml.close("ResponseMetadata")
        xml.close("\(name)Response")
        return response(200, xml, requestID)
    }

    private static func answer(
        _ error: APIError,
        namespace: String,
        requestID: String
    ) -> Answer {
        let shown = error.ofQueryProtocol
        var xml = XMLText()
        xml.open("ErrorResponse", namespace: namespace)
        xml.open("Error")
        xml.element("Type", shown.code.status < 500 ? "Sender" : "Receiver")
        xml.element("Code", shown.code.rawValue)
        xml.element("Message", shown.message ?? "")
        xml.close("Error")
        xml.element("RequestId", requestID)
        xml.close("ErrorResponse")
        return Answer(
            response(shown.code.status, xml, requestID),
            errorCode: shown.code.rawValue,
            cause: error.cause
        )
    }

    private static func response(
        _ status: Int,
        _ xml: XMLText,
        _ requestID: String
    ) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [("x-amzn-RequestId", requestID), ("Content-Type", "text/xml")],
            body: Array(xml.text.utf8)
        )
    }
}
