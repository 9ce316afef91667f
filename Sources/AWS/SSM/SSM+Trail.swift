internal import JSON
internal import Notation

/// What the readers of the trail are told about records of Systems Manager.
extension SSM {
    /// The parameters that were asked for, whether there are any or not.
    package static func resources(of record: AuditRecord) -> [NamedResource] {
        let parameters = JSONObject(record: record.requestParameters)
        var names = parameters.text("name").map { [$0] } ?? []
        if case .array(let several)? = parameters["names"] {
            for case .string(let name) in several { names.append(name) }
        }
        return names.map { name in
            let arn =
                switch ParameterName(name).target {
                case .arn(let arn): arn
                case .inScope(let service, let resource):
                    ARN(service, in: record.scope, resource).text
                case .subject, .nothing: name
                }
            return NamedResource(nil, arn: arn, in: ARN(arn)?.account ?? record.scope.account)
        }
    }
}
