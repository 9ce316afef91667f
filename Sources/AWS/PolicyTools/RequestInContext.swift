internal import JSON
internal import Notation

/// A request that somebody only asks about, put together from the condition keys that it would carry:
/// most have the name of the member that they come from.
struct RequestInContext {
    private let members: JSONObject

    init(_ context: [String: [String]], secretID: String?, resourceARN: String?) {
        var members: [(String, JSONValue)] = []
        if let resourceARN { members += RequestInContext.naming(resourceARN) }
        if let secretID {
            members += [("SecretId", .string(secretID)), ("Name", .string(secretID))]
        }
        // Who asks about a change means one of the value.
        members.append(("SecretString", .string("")))
        var tags: [(key: String, value: String)] = []
        var tagKeys: [String] = []
        for (key, values) in context {
            let name = key.drop { $0 != ":" }.dropFirst()
            switch key.lowercased() {
            case let key where key.hasPrefix("aws:requesttag/"):
                tags.append((String(name.drop { $0 != "/" }.dropFirst()), values.first ?? ""))
            case "aws:tagkeys": tagKeys = values
            case "secretsmanager:addreplicaregions":
                let regions = values.map { JSONValue.object(JSONObject([("Region", .string($0))])) }
                members.append(("AddReplicaRegions", .array(regions)))
            case "secretsmanager:rotationlambdaarn":
                members.append(("RotationLambdaARN", .string(values.first ?? "")))
            default:
                if values.count == 1 { members.append((String(name), .string(values[0]))) }
            }
        }
        for key in tagKeys where !tags.contains(where: { $0.key == key }) { tags.append((key, "")) }
        if !tags.isEmpty {
            members.append(("Tags", .array(tags.map(RequestInContext.tag))))
            members.append(("TagKeys", .array(tags.map { .string($0.key) })))
        }
        self.members = JSONObject(members.map { (name: $0.0, value: $0.1) })
    }

    /// What the operation of a permission's name says that such a request needs.
    func needs(of permissionName: String) -> OperationNeeds? {
        guard let (_, operation) = Services.operation(permissionName: permissionName) else {
            return nil
        }
        // Condition keys are text, whatever the members are.
        var members = Members(members, areText: true)
        return try? operation.needs(&members)
    }

    /// The members that can name a resource, whichever it is: an operation reads its own.
    private static func naming(_ resourceARN: String) -> [(String, JSONValue)] {
        if let name = ParameterName(ofARN: resourceARN) {
            return [("Name", .string(name.path)), ("Names", .array([.string(name.path)]))]
        }
        let last = ARN(resourceARN)?.resource.split(separator: "/").last.map(String.init) ?? ""
        let byARN = ["SecretId", "KeyId", "RoleArn", "PolicyArn"].map {
            ($0, JSONValue.string(resourceARN))
        }
        let byName = ["UserName", "RoleName"].map { ($0, JSONValue.string(last)) }
        return byARN + byName
    }

    /// In the spellings of all services.
    private static func tag(_ key: String, _ value: String) -> JSONValue {
        .object(
            JSONObject([
                ("Key", .string(key)), ("Value", .string(value)), ("TagKey", .string(key)),
                ("TagValue", .string(value)),
            ])
        )
    }
}
