internal import AWS
internal import HTTPServer
internal import JSON

/// The query protocol of the older services: a form in, XML out.
struct QueryXML: Sendable {
    let service: Service

    private static let securityTokenNamespace = "https://sts.amazonaws.com/doc/2011-06-15/"
    /// What AWS puts on errors that no service throws.
    private static let faultNamespace = "http://webservices.amazon.com/AWSFault/2005-15-09"

    /// - Parameters:
    ///   - fields: the fields of the form or the query string.
    ///   - serviceName: the service of the credential scope, for the error's text.
    ///   - caller: who calls.
    ///   - reply: takes the answer.
    func call(
        _ fields: FormFields,
        to serviceName: String?,
        by caller: Caller,
        _ reply: @escaping Reply
    ) {
        let name = fields["Action"] ?? ""
        let version = fields["Version"]
        guard version == STSAction.version, let action = STSAction(rawValue: name) else {
            let service = serviceName.map { "\($0):" } ?? ""
            let shownVersion = version ?? "NO_VERSION_SPECIFIED"
            let description = "\(service)\(name) (version \(shownVersion))"
            var answer = QueryXML.answer(
                .unknownQueryAction(description),
                namespace: QueryXML.faultNamespace,
                requestID: caller.requestID
            )
            answer.operation = name
            return reply(answer)
        }
        switch action {
        case .getCallerIdentity:
            service.call(GetCallerIdentity.self, JSONObject([]), by: caller) { outcome in
                reply(QueryXML.answer(outcome, requestID: caller.requestID))
            }
        }
    }

    /// What signatures for the service of a form are scoped to: the version tells which it is.
    static func signingName(of fields: FormFields) -> String {
        fields["Version"] == "2010-05-08" ? "iam" : "sts"
    }

    /// The answer to a call that comes from nobody knows whom.
    static func answer(_ error: APIError, to fields: FormFields, requestID: String) -> Answer {
        var answer = answer(error, namespace: securityTokenNamespace, requestID: requestID)
        answer.operation = fields["Action"]
        return answer
    }

    private static func answer(
        _ outcome: Outcome<GetCallerIdentity.Response>,
        requestID: String
    ) -> Answer {
        let name = GetCallerIdentity.action.rawValue
        switch outcome.result {
        case .success(let identity):
            var xml = XMLText()
            xml.open("\(name)Response", namespace: securityTokenNamespace)
            xml.open("\(name)Result")
            xml.element("Arn", identity.arn)
            xml.element("UserId", identity.userID)
            xml.element("Account", identity.account)
            xml.close("\(name)Result")
            xml.open("ResponseMetadata")
            xml.element("RequestId", requestID)
            xml.close("ResponseMetadata")
            xml.close("\(name)Response")
            return Answer(response(200, xml, requestID), operation: name)
        case .failure(let error):
            var answer = answer(error, namespace: securityTokenNamespace, requestID: requestID)
            answer.operation = name
            return answer
        }
    }

    private static func answer(
        _ error: APIError,
        namespace: String,
        requestID: String
    ) -> Answer {
        var xml = XMLText()
        xml.open("ErrorResponse", namespace: namespace)
        xml.open("Error")
        xml.element("Type", error.code.status < 500 ? "Sender" : "Receiver")
        xml.element("Code", error.code.rawValue)
        xml.element("Message", error.message ?? "")
        xml.close("Error")
        xml.element("RequestId", requestID)
        xml.close("ErrorResponse")
        return Answer(
            response(error.code.status, xml, requestID),
            errorCode: error.code.rawValue,
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
