package import Notation

/// A secret on its way from a vault into a file, or from a file into a vault.
package struct CarriedSecret: Sendable {
    /// Its name; in a document that leaves a prefix out, what is left of it.
    package var name: String
    /// Its value, never to be printed.
    package var value: VersionValue
    /// What it is for; Terraform and scripts carry it.
    package var description: String?
    /// Its tags in order; Terraform and scripts carry them.
    package var tags: [(key: String, value: String)] = []
    /// Its KMS key where it is not the account's own; Terraform and scripts carry it.
    package var kmsKeyID: String?
    /// Where it is and which version was read, so that Terraform can import it.
    package var origin: Origin?

    /// A secret as it stands in AWS.
    package struct Origin: Sendable {
        let arn: String
        let versionID: String

        /// Names a version by its secret's whole ARN.
        package init(arn: String, versionID: String) {
            self.arn = arn
            self.versionID = versionID
        }
    }

    /// A secret of this name and value.
    package init(name: String, value: VersionValue) {
        self.name = name
        self.value = value
    }
}
