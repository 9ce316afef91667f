package import JSON
internal import Notation

/// A task definition as answers show it, with its tags beside it where they are asked for.
package struct TaskDefinitionAnswer: JSONWritable, Sendable {
    let definition: ECSTaskDefinition
    let showsTags: Bool

    var resource: RecordedResource {
        RecordedResource(arn: definition.arn, scope: definition.scope)
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("taskDefinition")
        TaskDefinitionElement(definition: definition).write(to: &writer)
        if showsTags { writer.list("tags", of: definition.document) }
        writer.endObject()
    }
}

/// A task definition without its tags.
struct TaskDefinitionElement: JSONWritable {
    let definition: ECSTaskDefinition

    func write(to writer: inout JSONWriter) {
        let document = definition.document
        writer.beginObject()
        writer.member("taskDefinitionArn", definition.arn)
        for name in [
            "containerDefinitions", "family", "taskRoleArn", "executionRoleArn", "networkMode",
        ] {
            writer.member(name, of: document)
        }
        writer.member("revision", definition.revision)
        writer.list("volumes", of: document)
        writer.member("status", definition.isActive ? "ACTIVE" : "INACTIVE")
        writeAttributes(to: &writer)
        writer.list("placementConstraints", of: document)
        writer.member("compatibilities", definition.compatibilities)
        for name in [
            "runtimePlatform", "requiresCompatibilities", "cpu", "memory", "inferenceAccelerators",
            "pidMode", "ipcMode", "proxyConfiguration",
        ] {
            writer.member(name, of: document)
        }
        writer.member("registeredAt", definition.registeredAt)
        writer.member("deregisteredAt", definition.deregisteredAt)
        writer.member("registeredBy", definition.registeredBy)
        for name in [
            "ephemeralStorage", "enableFaultInjection", "trustedExecutionConfiguration",
        ] {
            writer.member(name, of: document)
        }
        writer.endObject()
    }

    private func writeAttributes(to writer: inout JSONWriter) {
        writer.name("requiresAttributes")
        writer.beginArray()
        for name in requiredAttributes {
            writer.beginObject()
            writer.member("name", name)
            writer.endObject()
        }
        writer.endArray()
    }

    /// What an agent must be able to do, by what the definition holds.
    ///
    /// [Attributes](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html)
    private var requiredAttributes: [String] {
        let document = definition.document
        let containers = document.objects("containerDefinitions")
        var names: [String] = []
        func add(_ name: String, if isNeeded: Bool) {
            if isNeeded, !names.contains(name) { names.append(name) }
        }
        for container in containers {
            if let driver = container.object("logConfiguration")?.text("logDriver") {
                add("com.amazonaws.ecs.capability.logging-driver.\(driver)", if: true)
            }
            let secrets = container.objects("secrets").compactMap { $0.text("valueFrom") }
            let ofSecretsManager = secrets.filter { ARN($0)?.service == "secretsmanager" }
            add(
                "ecs.capability.secrets.asm.environment-variables",
                if: !ofSecretsManager.isEmpty
            )
            add(
                "ecs.capability.secrets.ssm.environment-variables",
                if: ofSecretsManager.count < secrets.count
            )
        }
        add(
            "com.amazonaws.ecs.capability.task-iam-role",
            if: document.text("taskRoleArn") != nil
        )
        add("ecs.capability.task-eni", if: definition.networkMode == "awsvpc")
        add("com.amazonaws.ecs.capability.docker-remote-api.1.18", if: true)
        return names
    }
}
