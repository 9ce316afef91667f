internal import JSON

/// What a task definition of ECS says about the variables of a container.
///
/// [Task definition parameters](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html)
struct TaskDefinition {
    /// The role that reads the secrets, before the container starts.
    let executionRole: String?
    /// The name of the container.
    let container: String
    /// The variables with their values.
    let environment: [(name: String, value: String)]
    /// The variables whose values are elsewhere.
    let secrets: [(name: String, valueFrom: String)]

    /// What is wrong with a document.
    struct Flaw: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads what RegisterTaskDefinition takes, or what DescribeTaskDefinition answers.
    ///
    /// - Parameters:
    ///   - document: a JSON object.
    ///   - container: the container's name; nil for the only one.
    /// - Throws: what is wrong with it.
    init(_ document: JSONObject, container: String?) throws(Flaw) {
        let document = document.object("taskDefinition") ?? document
        let containers = try TaskDefinition.list("containerDefinitions", in: document)
        executionRole = document.text("executionRoleArn")
        let names = containers.compactMap { $0.text("name") }
        let chosen: JSONObject?
        if let container {
            chosen = containers.first { $0.text("name") == container }
            guard chosen != nil else {
                throw Flaw(
                    description: "there is no container \(container); there are "
                        + names.joined(separator: ", ")
                )
            }
        } else {
            guard containers.count <= 1 else {
                throw Flaw(
                    description: "choose one of its containers with --container: "
                        + names.joined(separator: ", ")
                )
            }
            chosen = containers.first
        }
        guard let chosen else { throw Flaw(description: "Container list cannot be empty.") }
        self.container = chosen.text("name") ?? ""
        environment = try TaskDefinition.pairs("environment", "value", in: chosen)
        secrets = try TaskDefinition.pairs("secrets", "valueFrom", in: chosen)
            .map { (name: $0.name, valueFrom: $0.value) }
        let known = Set(environment.map(\.name))
        let shared = secrets.map(\.name).first { known.contains($0) }
        if let shared {
            throw Flaw(
                description: "The secret name must be unique and not shared with any new or"
                    + " existing environment variables set on the container, such as '\(shared)'"
            )
        }
    }

    private static func pairs(
        _ name: String,
        _ valueName: String,
        in container: JSONObject
    ) throws(Flaw) -> [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        for element in try list(name, in: container) {
            guard let key = element.text("name"), let value = element.text(valueName),
                !key.isEmpty, !key.utf8.contains(UInt8(ascii: "=")), !key.utf8.contains(0)
            else {
                throw Flaw(description: "an element of \(name) is not {name, \(valueName)}")
            }
            pairs.append((name: key, value: value))
        }
        return pairs
    }

    private static func list(
        _ name: String,
        in object: JSONObject
    ) throws(Flaw) -> [JSONObject] {
        guard let value = object[name] else { return [] }
        guard case .array(let elements) = value else {
            throw Flaw(description: "\(name) is not a list")
        }
        var objects: [JSONObject] = []
        for element in elements {
            guard case .object(let object) = element else {
                throw Flaw(description: "an element of \(name) is not an object")
            }
            objects.append(object)
        }
        return objects
    }
}
