internal import AWS
internal import HTTPServer
internal import JSON
internal import Notation

/// The answers of the query protocol of the older services: a form came in, XML goes out.
enum QueryXML {
    /// What AWS puts on errors that no service throws.
    private static let faultNamespace = "http://webservices.amazon.com/AWSFault/2005-15-09"

    /// What came of a call.
    static func answer(
        _ result: OperationResult,
        of called: AWSOperation,
        requestID: String
    ) -> Answer {
        switch result.result {
        case .success(let bytes):
            let members: JSONValue?
            do {
                members = bytes.isEmpty ? nil : try JSONParser.parse(bytes)
            } catch {
                let error = APIError.internalServiceError(cause: "its answer is no JSON: \(error)")
                return answer(error, of: called, subject: result.subject, requestID: requestID)
            }
            var answer = Answer(success(members, of: called, requestID))
            answer.operation = called.operation.name
            answer.subject = result.subject
            return answer
        case .failure(let error):
            return answer(error, of: called, subject: result.subject, requestID: requestID)
        }
    }

    /// An error of an operation, or of what is before it.
    static func answer(
        _ error: APIError,
        of called: AWSOperation,
        subject: String? = nil,
        requestID: String
    ) -> Answer {
        var answer = answer(error, namespace: called.namespace, requestID: requestID)
        answer.operation = called.operation.name
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
        var answer = fault(error, requestID: requestID)
        answer.service = service
        answer.operation = name
        return answer
    }

    /// An error that no service throws.
    static func fault(_ error: APIError, requestID: String) -> Answer {
        answer(error, namespace: faultNamespace, requestID: requestID)
    }

    /// The answer to a call of S3, whose errors have a form of their own.
    static func unservedObject(_ sentence: String, requestID: String) -> Answer {
        var xml = XMLText()
        xml.open("Error")
        xml.element("Code", "NotImplemented")
        xml.element("Message", sentence)
        xml.element("RequestId", requestID)
        xml.close("Error")
        return Answer(response(501, xml, requestID), errorCode: "NotImplemented")
    }

    private static func success(
        _ members: JSONValue?,
        of called: AWSOperation,
        _ requestID: String
    ) -> HTTPResponse {
        let name = called.operation.name
        var xml = XMLText()
        xml.open("\(name)Response", namespace: called.namespace)
        if let members { xml.element("\(name)Result", members) }
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
