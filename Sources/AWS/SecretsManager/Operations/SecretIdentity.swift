package import JSON
internal import Notation

/// The answer of the operations that say no more than which secret they changed.
package struct SecretIdentity: Sendable, JSONWritable {
    let secret: Secret

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("ARN", secret.arn.text)
        writer.member("Name", secret.name)
        writer.endObject()
    }
}
